import { ManualClock, settle } from '@pentagraph/kit/testing';
import { createClient } from 'graphql-ws';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { served } from './fixtures/served.ts';

const endpoint = (url: string) => `${url.replace('http', 'ws')}/graphql`;

function client(url: string) {
  const made = createClient({ url: endpoint(url), webSocketImpl: WebSocket, retryAttempts: 0 });
  onTestFinished(async () => made.dispose());
  return made;
}

/** A socket that speaks the protocol by hand. */
async function socketTo(url: string, { protocol = 'graphql-transport-ws', headers = {} } = {}) {
  const socket = new WebSocket(endpoint(url), protocol, { headers });
  const messages: string[] = [];
  socket.on('message', (data) => messages.push(String(data)));
  const closed = new Promise<string>((resolve) => {
    socket.on('close', (code, reason) => resolve(`${code} ${reason}`));
    socket.on('error', (error) => resolve(error.message));
  });
  onTestFinished(() => socket.terminate());
  await Promise.race([new Promise((resolve) => socket.once('open', resolve)), closed]);
  return { socket, messages, closed, send: (message: unknown) => socket.send(JSON.stringify(message)) };
}

async function acknowledged(url: string) {
  const connection = await socketTo(url);
  connection.send({ type: 'connection_init' });
  await vi.waitFor(() => expect(connection.messages).toContain('{"type":"connection_ack"}'));
  return connection;
}

const watch = 'subscription ($id: ID!) { loans(bookId: $id) { book { title stars } } }';

describe('over a WebSocket', () => {
  test('events arrive, with the fields of other subgraphs', async () => {
    const { url, library } = await served();
    const stream = client(url).iterate({ query: watch, variables: { id: '1' } });
    const first = stream.next();
    await vi.waitFor(() => expect(library.opened).toBe(1));
    library.lend('1');
    expect((await first).value).toEqual({ data: { loans: { book: { title: 'Dune', stars: 4 } } } });
  });

  test('queries and mutations work too', async () => {
    const { url } = await served();
    const { value } = await client(url).iterate({ query: '{ reviewCount }' }).next();
    expect(value).toEqual({ data: { reviewCount: 3 } });
  });

  test('a reader who leaves frees the source', async () => {
    const { url, library, graph } = await served();
    const stream = client(url).iterate({ query: watch, variables: { id: '1' } });
    const first = stream.next();
    await vi.waitFor(() => expect(library.opened).toBe(1));
    await stream.return?.();
    await first;
    await vi.waitFor(() => expect([library.closed, graph.stats().activeSubscriptions]).toEqual([1, 0]));
  });

  test('a client that vanishes frees everything', async () => {
    const { url, library, graph } = await served();
    const { socket, send } = await acknowledged(url);
    send({ id: '1', type: 'subscribe', payload: { query: watch, variables: { id: '1' } } });
    await vi.waitFor(() => expect(library.opened).toBe(1));
    socket.terminate();
    await vi.waitFor(() => expect([library.closed, graph.stats().activeSubscriptions]).toEqual([1, 0]));
  });

  test('each operation may bring its own request id', async () => {
    const { url } = await served();
    const query = '{ book(id: "1") { broken } }';
    const { value } = await client(url)
      .iterate({ query, extensions: { requestId: 'trace-7' } })
      .next();
    expect(value?.errors?.[0]).toMatchObject({ extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'trace-7' } });
  });

  test.each(['two\nlines', 'x'.repeat(129), '', 7])('%j is no request id', async (requestId) => {
    const { url } = await served();
    const query = '{ book(id: "1") { broken } }';
    const { value } = await client(url).iterate({ query, extensions: { requestId } }).next();
    expect(value?.errors?.[0]?.extensions?.requestId).toMatch(/^[\da-f-]{36}$/);
  });
});

const refusals: readonly (readonly [name: string, payload: object, code: string])[] = [
  ['no GraphQL', { query: '{' }, 'GRAPHQL_PARSE_FAILED'],
  [
    'a limit exceeded',
    { query: `{ ${Array.from({ length: 51 }, (_, i) => `a${i}: reviewCount`).join(' ')} }` },
    'ALIAS_LIMIT_EXCEEDED',
  ],
];

test.each(refusals)('an operation is refused for %s', async (_, payload, code) => {
  const { url } = await served();
  const { messages, send } = await acknowledged(url);
  send({ id: '1', type: 'subscribe', payload });
  await vi.waitFor(() => expect(messages).toHaveLength(2));
  expect(JSON.parse(messages[1] ?? '')).toMatchObject({ id: '1', type: 'error', payload: [{ extensions: { code } }] });
});

test.each([
  ['an unknown field', { query: '{ nonsense }' }, 'GRAPHQL_VALIDATION_FAILED'],
  ['what its domain says', { query: watch, variables: { id: '9' } }, 'BOOK_NOT_FOUND'],
])('an operation is answered with errors for %s', async (_, payload, code) => {
  const { url } = await served();
  const { messages, send } = await acknowledged(url);
  send({ id: '1', type: 'subscribe', payload });
  await vi.waitFor(() => expect(messages).toHaveLength(3));
  expect(JSON.parse(messages[1] ?? '')).toMatchObject({
    type: 'next',
    payload: { errors: [{ extensions: { code } }] },
  });
  expect(JSON.parse(messages[2] ?? '')).toEqual({ id: '1', type: 'complete' });
});

const closings: readonly (readonly [name: string, message: string | Uint8Array, closed: string])[] = [
  ['no JSON', 'hello', '4400 Invalid message received'],
  ['binary messages', Uint8Array.of(1, 2, 3), '4400 Messages are JSON text'],
  ['messages only servers send', '{"type":"next","id":"1","payload":{}}', '4400 Unexpected message'],
  ['operations before the greeting', '{"type":"subscribe","id":"1","payload":{"query":"{a}"}}', '4401 Unauthorized'],
  ['too many bytes', `"${'x'.repeat(2 ** 20)}"`, '1009 '],
];

test.each(closings)('the connection is closed for %s', async (_, message, expected) => {
  const { url } = await served();
  const { socket, closed } = await socketTo(url);
  socket.send(message);
  expect(await closed).toBe(expected);
});

test('another protocol is not spoken', async () => {
  const { url } = await served();
  expect(await (await socketTo(url, { protocol: 'graphql-ws' })).closed).toMatch(/Server sent no subprotocol|4406/);
});

test('pages of other sites may not connect', async () => {
  const { url } = await served();
  const { closed } = await socketTo(url, { headers: { origin: 'https://elsewhere.example' } });
  expect(await closed).toBe('4403 Pages of other sites may not connect');
});

test('who does not greet in time is sent away', async () => {
  const { url } = await served({ webSocket: { initTimeoutMs: 20 } });
  expect(await (await socketTo(url)).closed).toBe('4408 Connection initialisation timeout');
});

test('a connection has a bounded number of operations', async () => {
  const { url, library } = await served({ webSocket: { maxSubscriptions: 2 } });
  const { messages, send } = await acknowledged(url);
  for (const id of ['1', '2', '3']) send({ id, type: 'subscribe', payload: { query: watch, variables: { id: '1' } } });
  await vi.waitFor(() => expect(messages).toHaveLength(2));
  expect(JSON.parse(messages[1] ?? '')).toMatchObject({
    id: '3',
    type: 'error',
    payload: [{ extensions: { code: 'SUBSCRIPTION_LIMIT_EXCEEDED', limit: 2 } }],
  });
  await vi.waitFor(() => expect(library.opened).toBe(1));
});

test('a connection with many operations is no reason to warn of a leak', async () => {
  const { url, library } = await served();
  const warnings: string[] = [];
  const listen = ({ name }: Error) => void warnings.push(name);
  process.on('warning', listen);
  onTestFinished(() => void process.off('warning', listen));
  const { messages, send } = await acknowledged(url);
  for (let id = 0; id < 20; id++) {
    const query = `subscription { loans(bookId: "1") { book { title } operation${id}: __typename } }`;
    send({ id: `${id}`, type: 'subscribe', payload: { query } });
  }
  await vi.waitFor(() => expect(library.opened).toBe(20));
  library.lend('1');
  await vi.waitFor(() => expect(messages).toHaveLength(21));
  expect(warnings).toEqual([]);
});

test('peers are pinged, and dropped when they do not answer', async () => {
  const clock = new ManualClock();
  const { url } = await served({ clock, webSocket: { keepAliveMs: 1000 } });
  const { socket, closed } = await acknowledged(url);
  const pinged = new Promise((resolve) => socket.once('ping', resolve));
  await clock.advance(1000);
  await pinged;
  await settle();
  socket.pause();
  await clock.advance(1000);
  await clock.advance(1000);
  socket.resume();
  expect(await closed).toBe('1006 ');
});
