import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { ManualClock, settle } from '@pentagraph/kit/testing';
import { expect, onTestFinished, test, vi } from 'vitest';
import { answerMalformed } from '../../src/server/refusals.ts';
import { served } from './fixtures/served.ts';

const head = 'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n';
const query = '{"query":"{ reviewCount }"}';

/** A client that has sent the beginning of a request, which waits for the rest. */
async function sending(bytes: string) {
  const clock = new ManualClock();
  const { port } = await served({ clock });
  const idle = clock.pending;
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  onTestFinished(() => void socket.destroy());
  socket.write(bytes);
  await vi.waitFor(() => expect(clock.pending).toBe(idle + 1));
  return { clock, socket };
}

async function send(socket: Socket, bytes: string, clock: ManualClock): Promise<void> {
  await new Promise((resolve) => socket.write(bytes, resolve));
  await settle();
  await clock.advance(0);
}

test.each([
  ['a known length', `${head}content-length: ${query.length}\r\n\r\n{`],
  ['chunks', `${head}transfer-encoding: chunked\r\n\r\n5\r\n{"qu`],
])('a body of %s that stops coming ends the connection', async (_, bytes) => {
  const { clock, socket } = await sending(bytes);
  const answer = text(socket);
  await clock.advance(60_000);
  expect(await answer).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\n/);
});

test('a body may take long as long as it comes', async () => {
  const { clock, socket } = await sending(`${head}content-length: ${query.length}\r\n\r\n`);
  const answer = once(socket, 'data');
  for (const character of query) {
    await send(socket, character, clock);
    await clock.advance(45_000);
  }
  expect(String(await answer)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test('a refused connection is closed also when its client keeps its side open', async () => {
  const server = createServer({ allowHalfOpen: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  onTestFinished(() => {
    client.destroy();
    server.close();
  });
  const [socket] = (await once(server, 'connection')) as [Socket];
  answerMalformed(new Error('malformed'), socket);
  expect(String((await once(client, 'data'))[0])).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  await once(socket, 'close');
});
