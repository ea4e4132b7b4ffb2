import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testContext } from '@pentagraph/kit/testing';
import type { ApiMount, Graph } from '@pentagraph/router';
import { fastify } from 'fastify';

/** A listener with APIs on it, as the server of the router makes one. */
export interface ApiServer extends AsyncDisposable {
  readonly port: number;
  readonly origin: string;
  readonly stagingDir: string;
  /** Begins to stop: endless answers end themselves. */
  drain(): void;
}

interface ApiServerOptions {
  readonly mounts: readonly ApiMount[];
  readonly graph: Graph;
  readonly exclusive?: boolean;
}

export async function serveApis({ mounts, graph, exclusive = true }: ApiServerOptions): Promise<ApiServer> {
  // Fastify answers a wrongly encoded path before any hook sees it; the API wants to answer it itself.
  const app = fastify({
    forceCloseConnections: true,
    rewriteUrl: ({ url = '/' }) => url.replace(/%(?![0-9A-Fa-f]{2})/g, '%25'),
  });
  const stagingDir = await mkdtemp(join(tmpdir(), 'pentagraph-staging-'));
  const draining = new AbortController();
  const context = testContext();
  for (const mount of mounts) {
    await mount.register(app, {
      graph,
      logger: context.logger,
      stagingDir,
      draining: draining.signal,
      exclusive,
      nameRoute: () => {},
      contextOf({ raw }) {
        const gone = new AbortController();
        raw.socket.once('close', () => gone.abort());
        return { ...context, signal: gone.signal };
      },
    });
  }
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return {
    port,
    stagingDir,
    origin: `http://127.0.0.1:${port}`,
    drain: () => draining.abort(),
    async [Symbol.asyncDispose]() {
      draining.abort();
      await app.close();
      await rm(stagingDir, { recursive: true, force: true });
    },
  };
}
