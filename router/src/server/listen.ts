import { chmod, stat, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { ListenAddress } from './server-options.ts';

/**
 * Takes the address; answers its URL.
 * @throws Error that names the address and why it can't be taken.
 */
export async function listen(app: FastifyInstance, address: ListenAddress): Promise<string> {
  if (!('path' in address)) {
    await app.listen({ host: address.host, port: address.port });
    return tcpUrl(app, address.host);
  }
  await removeStaleSocket(address.path);
  await app.listen({ path: address.path });
  if (address.mode !== undefined) await chmod(address.path, address.mode);
  return `unix:${address.path}`;
}

function tcpUrl(app: FastifyInstance, host: string): string {
  const bound = app.server.address();
  const port = typeof bound === 'object' && bound ? bound.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** A process that was killed leaves its socket file behind, which would keep the next one from listening. */
async function removeStaleSocket(path: string): Promise<void> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!found) return;
  if (!found.isSocket()) throw new Error(`${path} exists and is not a socket.`);
  if (await answers(path)) throw new Error(`${path} is served by another process.`);
  await unlink(path);
}

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(path);
    probe.once('connect', () => {
      probe.destroy();
      resolve(true);
    });
    probe.once('error', () => resolve(false));
  });
