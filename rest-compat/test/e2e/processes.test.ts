import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { started, temporaryDirectory } from './started.ts';

const serve = (dataDir: string, ...flags: readonly string[]) =>
  started('serve', '--port', '0', '--data-dir', dataDir, ...flags);

const graphql = async (origin: string, query: string): Promise<unknown> => {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${origin}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return answer.json();
};

describe('pentagraph serve', { timeout: 60_000 }, () => {
  it('serves graph, playground, REST, health and metrics, and stops with 0 at a signal', async () => {
    const dataDir = temporaryDirectory();
    const process = serve(dataDir, '--listen.snap', `unix:${join(dataDir, 'snap.sock')}`);
    const origin = await process.origin();

    expect(await graphql(origin, '{ snapPlugins { totalCount } }')).toEqual({
      data: { snapPlugins: { totalCount: 8 } },
    });
    expect(await (await fetch(`${origin}/v1/plugins`)).json()).toMatchObject({ meta: { code: 200 } });
    expect(await (await fetch(`${origin}/readyz`)).json()).toEqual({
      state: 'ready',
      subgraphs: { snap: { state: 'serving' } },
    });
    expect(await (await fetch(`${origin}/metrics`)).text()).toContain('pentagraph_');
    const page = await fetch(origin, { headers: { accept: 'text/html' } });
    expect(page.headers.get('content-type')).toContain('text/html');

    process.signal('SIGTERM');
    expect(await process.exitCode()).toBe(0);
    expect(process.messages.slice(-2)).toEqual([
      'SIGTERM: finishing what is in flight, then stopping; once more ends at once',
      'Stopped',
    ]);
    expect(existsSync(join(dataDir, 'pentagraph.lock'))).toBe(false);
    expect(existsSync(join(dataDir, 'snap.sock'))).toBe(false);
  });

  it('has its data directory for itself, and takes it over from a killed process', async () => {
    const dataDir = temporaryDirectory();
    const first = serve(dataDir);
    await first.origin();

    const second = serve(dataDir);
    const refusal = await second.line('is held by the running process');
    expect(refusal).toMatchObject({ advice: expect.stringContaining(`kill ${first.pid}`) });
    expect(await second.exitCode()).toBe(1);

    first.signal('SIGKILL');
    await first.exitCode();
    expect(JSON.parse(readFileSync(join(dataDir, 'pentagraph.lock'), 'utf8')).pid).toBe(first.pid);
    const third = serve(dataDir);
    expect(await graphql(await third.origin(), '{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  });

  it('says what to do when a port is taken, and leaves nothing open', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    const { port } = other.address() as { port: number };
    const dataDir = temporaryDirectory();
    const process = serve(dataDir, '--listen.snap', `127.0.0.1:${port}`);
    expect(await process.line('EADDRINUSE')).toMatchObject({
      msg: `Listening failed: listen EADDRINUSE: address already in use 127.0.0.1:${port}`,
      advice: 'Stop the process that listens there (see: ss -ltnp), or choose another address.',
    });
    expect(await process.exitCode()).toBe(1);
    expect(existsSync(join(dataDir, 'pentagraph.lock'))).toBe(false);
  });

  it('notices a taken port before it opens anything', async () => {
    const dataDir = temporaryDirectory();
    const first = serve(temporaryDirectory());
    const second = serve(dataDir, '--port', new URL(await first.origin()).port);
    expect(await second.line('EADDRINUSE')).toMatchObject({ advice: expect.stringContaining('ss -ltnp') });
    expect(await second.exitCode()).toBe(1);
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('drains a request in flight at the first signal, and ends at once with 130 at the second', async () => {
    const process = serve(temporaryDirectory());
    const origin = await process.origin();
    // A request whose body never ends keeps the server from closing.
    const { host } = new URL(origin);
    const half = `POST /graphql HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
    await new Promise<void>((resolve) => socket.write(half, () => resolve()));
    await fetch(`${origin}/healthz`);

    process.signal('SIGINT');
    await process.line('SIGINT: finishing what is in flight');
    process.signal('SIGINT');
    expect(await process.exitCode()).toBe(130);
    expect(process.messages.at(-1)).toBe('SIGINT again: ending at once');
  });
});

describe('a domain elsewhere', { timeout: 60_000 }, () => {
  it('runs as a subgraph of its own behind a router, which outlives it', async () => {
    const dataDir = temporaryDirectory();
    const subgraph = (port = '0') => started('subgraph', 'snap', '--port', port, '--data-dir', dataDir);
    const first = subgraph();
    const address = await first.origin();
    expect(await graphql(address, '{ _service { sdl } }')).toMatchObject({
      data: { _service: { sdl: expect.stringContaining('snapPlugins') } },
    });
    const composing = started('compose', '--url', `snap=${address}/graphql`);
    expect(await composing.exitCode()).toBe(0);
    const file = join(dataDir, 'supergraph.graphql');
    writeFileSync(file, composing.printed);

    const router = await started('router', '--port', '0', '--supergraph', file).origin();
    const counted = { data: { snapPlugins: { totalCount: 8 } } };
    const states = async () => (await (await fetch(`${router}/readyz`)).json()) as unknown;
    expect(await graphql(router, '{ snapPlugins { totalCount } }')).toEqual(counted);

    await first.kill();
    expect(await graphql(router, '{ snapPlugins { totalCount } }')).toMatchObject({
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'snap' } }],
    });
    await vi.waitFor(
      async () =>
        expect(await states()).toMatchObject({ state: 'not ready', subgraphs: { snap: { state: 'degraded' } } }),
      5_000,
    );

    await subgraph(new URL(address).port).origin();
    expect(await graphql(router, '{ snapPlugins { totalCount } }')).toEqual(counted);
    await vi.waitFor(async () => expect(await states()).toMatchObject({ state: 'ready' }), 5_000);
  });
});
