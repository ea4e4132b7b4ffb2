import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { listenWhileStarting } from '../../src/process/starting-listener.ts';

async function starting() {
  const listener = await listenWhileStarting({ host: '127.0.0.1', port: 0 });
  onTestFinished(() => listener.close());
  return { ...listener, origin: `http://127.0.0.1:${listener.address.port}` };
}

test.each([
  ['/healthz', 200, { state: 'alive' }],
  ['/readyz', 503, { state: 'not ready', subgraphs: {} }],
  ['/readyz?verbose', 503, { state: 'not ready', subgraphs: {} }],
  ['/v1/plugins', 503, { errors: [expect.objectContaining({ extensions: { code: 'STARTING' } })] }],
])('%s answers %i while the process starts', async (path, status, body) => {
  const { origin } = await starting();
  const response = await fetch(origin + path);
  expect([response.status, await response.json()]).toEqual([status, body]);
});

test('an operation is told to come again', async () => {
  const { origin } = await starting();
  const response = await fetch(`${origin}/graphql`, { method: 'POST', body: '{}' });
  expect([response.status, response.headers.get('retry-after')]).toEqual([503, '1']);
});

test('the address is free for the server at once, and whoever is connected is answered', async () => {
  const { address, close } = await starting();
  const client = connect(address);
  await new Promise<void>((resolve) => client.write('GET /readyz HTTP/1.1\r\nHost: here\r\n', () => resolve()));
  await close();
  await close();
  const server = createServer().listen(address);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  client.write('\r\n');
  expect(await text(client)).toMatch(/^HTTP\/1\.1 503 /);
});

test('an address that is taken is an error', async () => {
  const { address } = await starting();
  await expect(listenWhileStarting(address)).rejects.toThrow(`address already in use 127.0.0.1:${address.port}`);
});
