import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Agent, request } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import type { ApiMount, ApiMountOptions } from '../../src/server/api-mount.ts';
import { served } from './fixtures/served.ts';

const registered: string[] = [];

const api = (name: string): ApiMount => ({
  name,
  summary: `/${name}`,
  register(app, { graph, contextOf, exclusive }: ApiMountOptions) {
    registered.push(`${name} ${exclusive ? 'alone' : 'among others'}`);
    app.get(`/${name}`, async (incoming) => {
      const { data } = await graph.execute({ query: '{ reviewCount }', context: contextOf(incoming) });
      return data;
    });
    if (exclusive)
      app.setNotFoundHandler((_request, reply) => reply.code(404).type('text/plain').send(`no such ${name}`));
  },
});

const anyPort = { host: '127.0.0.1', port: 0 } as const;

test('the main listener serves everything, others what they are for', async () => {
  const { url, listeners } = await served({
    mounts: [api('snap'), api('hyper')],
    listeners: [{ name: 'snap-native', address: anyPort, apis: ['snap'] }],
  });
  const native = listeners[1]?.url ?? '';
  expect(listeners).toMatchObject([
    { name: 'main', graph: true, apis: ['snap', 'hyper'] },
    { name: 'snap-native', graph: false, apis: ['snap'] },
  ]);
  expect(registered).toEqual(['snap among others', 'hyper among others', 'snap alone']);
  for (const address of [`${url}/snap`, `${url}/hyper`, `${native}/snap`]) {
    expect(await (await fetch(address)).json()).toEqual({ reviewCount: 3 });
  }
  for (const path of ['hyper', 'graphql', 'healthz']) {
    const response = await fetch(`${native}/${path}`);
    expect([response.status, await response.text()]).toEqual([404, 'no such snap']);
  }
});

test("an API's answers carry nothing that is not its own", async () => {
  const { url } = await served({ mounts: [api('snap')] });
  const { headers } = await fetch(`${url}/snap`, { headers: { 'x-request-id': 'trace-7' } });
  expect([...headers.keys()].sort()).toEqual(['connection', 'content-length', 'content-type', 'date', 'keep-alive']);
});

test('a start is told by the banner, not by the log', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  const { url } = await served({ logger, listeners: [{ name: 'snap-native', address: anyPort, apis: [] }] });
  await fetch(`${url}/nowhere`);
  expect(lines).toEqual([]);
});

async function socketPath() {
  const directory = await mkdtemp(join(tmpdir(), 'pentagraph-listen-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  return join(directory, 'api.sock');
}

async function ask(path: string) {
  const dispatcher = new Agent({ connect: { socketPath: path } });
  onTestFinished(() => dispatcher.close());
  return (await request('http://localhost/hyper', { dispatcher })).body.json();
}

test('an API can be served on a unix socket with permissions of its own', async () => {
  const path = await socketPath();
  const { listeners } = await served({
    mounts: [api('hyper')],
    listeners: [{ name: 'hyper', address: { path, mode: 0o660 }, apis: ['hyper'] }],
  });
  expect(listeners[1]?.url).toBe(`unix:${path}`);
  expect((await stat(path)).mode & 0o777).toBe(0o660);
  expect(await ask(path)).toEqual({ reviewCount: 3 });
});

const onSocket = (path: string) => ({
  mounts: [api('hyper')],
  listeners: [{ name: 'hyper', address: { path }, apis: ['hyper'] }],
});

test('a socket that is served, or is none, is left alone and nothing is served', async () => {
  const path = await socketPath();
  await served(onSocket(path));
  await expect(served(onSocket(path))).rejects.toThrow(`${path} is served by another process.`);
  expect(await ask(path)).toEqual({ reviewCount: 3 });
  await writeFile(`${path}.txt`, '');
  await expect(served(onSocket(`${path}.txt`))).rejects.toThrow(`${path}.txt exists and is not a socket.`);
});

test('a port that is taken stops the start', async () => {
  const blocker = createTcpServer().listen(0, '127.0.0.1');
  onTestFinished(() => void blocker.close());
  await once(blocker, 'listening');
  const { port } = blocker.address() as AddressInfo;
  await expect(served({ listen: { host: '127.0.0.1', port } })).rejects.toThrow(/EADDRINUSE/);
});
