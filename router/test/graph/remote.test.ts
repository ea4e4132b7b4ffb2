import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { anonymous, type Subgraph, systemClock } from '@pentagraph/kit';
import { settle, testContext } from '@pentagraph/kit/testing';
import type { GraphQLFormattedError } from 'graphql';
import { pino } from 'pino';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { composeSupergraph } from '../../src/graph/compose.ts';
import { createGraph, type GraphOptions } from '../../src/graph/create-graph.ts';
import type { CallerContext } from '../../src/graph/transport.ts';
import { createSubgraphServer } from '../../src/server/subgraph-server.ts';
import { Library } from './fixtures/library.ts';
import { read, streamOf } from './fixtures/reading.ts';
import { Reviews } from './fixtures/reviews.ts';

/** Serves a subgraph on a free port until the test ends. */
async function serve(subgraph: Subgraph) {
  const server = createSubgraphServer(subgraph, {
    logger: pino({ level: 'silent' }),
    listen: { host: '127.0.0.1', port: 0 },
    clock: systemClock,
  });
  const [listener] = await server.start();
  onTestFinished(() => server.stop());
  return { name: subgraph.name, typeDefs: subgraph.typeDefs, url: `${listener?.url}/graphql`, server };
}

/** A router in front of two subgraph servers. */
async function remoteGraph(options: GraphOptions = {}) {
  const library = new Library();
  const reviews = new Reviews();
  const services = [await serve(library), await serve(reviews)];
  const graph = createGraph({ supergraphSdl: composeSupergraph(services).supergraphSdl }, options);
  onTestFinished(() => graph.close());
  return { graph, library, reviews, services };
}

const context = testContext();
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('subgraphs elsewhere', () => {
  test('answer queries together', async () => {
    const { graph } = await remoteGraph();
    const query = '{ book(id: "1") { title stars } reviewCount }';
    expect(plain(await graph.execute({ query, context }))).toEqual({
      data: { book: { title: 'Dune', stars: 4 }, reviewCount: 3 },
    });
  });

  test('refuse with the same errors as in one process', async () => {
    const { graph } = await remoteGraph();
    const local = createGraph({ subgraphs: [new Library(), new Reviews()] });
    const operations = [
      { query: '{ book(id: "9") { title stars } }' },
      { query: 'query ($t: DateTime!) { echoTime(time: $t) }', variables: { t: 'noon' } },
    ];
    for (const operation of operations) {
      const [elsewhere, here] = [
        plain(await graph.execute({ ...operation, context })),
        plain(await local.execute({ ...operation, context })),
      ];
      expect(elsewhere.errors).toMatchObject(
        here.errors.map(({ message, path, extensions }: GraphQLFormattedError) => ({
          message,
          ...(path && { path }),
          extensions,
        })),
      );
    }
  });

  test('do not tell what broke', async () => {
    const { graph } = await remoteGraph();
    const { errors } = plain(await graph.execute({ query: '{ book(id: "1") { broken } }', context }));
    expect(errors).toEqual([
      {
        message: 'Internal server error',
        path: ['book', 'broken'],
        extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'test' },
      },
    ]);
  });

  test('deliver events, with the fields of others per event', async () => {
    const { graph, library, reviews } = await remoteGraph();
    const query = 'subscription { loans(bookId: "1") { book { title stars } } }';
    const stream = streamOf(await graph.subscribe({ query, context }));
    const first = read(stream);
    await vi.waitFor(() => expect(library.opened).toBe(1));
    library.lend('1');
    expect(await first).toEqual({ data: { loans: { book: { title: 'Dune', stars: 4 } } } });
    expect(reviews.lookups).toBe(1);
    await stream.return?.();
    await vi.waitFor(() => expect(library.closed).toBe(1));
  });

  test('refuse subscriptions with one result', async () => {
    const { graph } = await remoteGraph();
    const query = 'subscription { loans(bookId: "9") { time } }';
    const stream = streamOf(await graph.subscribe({ query, context }));
    expect(await read(stream)).toMatchObject({ errors: [{ extensions: { code: 'BOOK_NOT_FOUND' } }] });
    expect(await read(stream)).toBeUndefined();
  });

  test('share what may be shared', async () => {
    const { graph, library } = await remoteGraph({ remote: { sharedSubscriptions: ['loans'] } });
    const query = 'subscription { loans(bookId: "1") { time } }';
    const streams = [1, 2].map(() => graph.subscribe({ query, context }));
    const pending = (await Promise.all(streams)).map(streamOf).map(read);
    await vi.waitFor(() => expect(library.opened).toBe(1));
    await settle();
    library.lend('1');
    expect(await Promise.all(pending)).toHaveLength(2);
    expect(library.opened).toBe(1);
  });

  test('are named in the health', async () => {
    const { graph, services } = await remoteGraph();
    expect(await graph.health()).toEqual({ library: { state: 'serving' }, reviews: { state: 'serving' } });
    await services[1]?.server.stop();
    const other = createGraph({ supergraphSdl: graph.supergraphSdl });
    onTestFinished(() => other.close());
    expect(await other.health()).toMatchObject({ library: { state: 'serving' }, reviews: { state: 'degraded' } });
  });
});

test('a subgraph that keeps silent is not waited for with the health', async () => {
  const graph = await graphOf((await impostor()).url, { remote: { connectTimeoutMs: 50 } });
  expect(await graph.health()).toEqual({ reviews: { state: 'degraded', reason: 'No answer within 50 ms.' } });
});

test('a supergraph without addresses is refused, with the subgraph it is about', () => {
  const { supergraphSdl } = composeSupergraph([new Reviews()]);
  expect(() => createGraph({ supergraphSdl })).toThrow("no usable address for the subgraph 'reviews': '' is not a URL");
});

describe('a subgraph that is gone', () => {
  test('leaves the rest of the answer standing', async () => {
    const { graph, services } = await remoteGraph();
    await services[1]?.server.stop();
    expect(plain(await graph.execute({ query: '{ book(id: "1") { title stars } }', context }))).toEqual({
      data: { book: { title: 'Dune', stars: null } },
      errors: [
        {
          message: "The subgraph 'reviews' gives no answer. Try again later.",
          extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'reviews' },
        },
      ],
    });
  });

  test('ends its subscriptions with an error', async () => {
    const { graph, library, services } = await remoteGraph();
    const stream = streamOf(await graph.subscribe({ query: 'subscription { loans(bookId: "1") { time } }', context }));
    const pending = read(stream);
    await vi.waitFor(() => expect(library.opened).toBe(1));
    await services[0]?.server.stop();
    expect(await pending).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] });
    expect(await read(stream)).toBeUndefined();
  });
});

/** A server that records what it gets and answers every request with the same bytes, or never. */
async function impostor(answer?: string) {
  const seen: string[] = [];
  const server = createTcpServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      seen.push(bytes.toString());
      if (answer !== undefined) socket.end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, seen };
}

async function graphOf(url: string, options?: GraphOptions) {
  const { name, typeDefs } = new Reviews();
  const graph = createGraph({ supergraphSdl: composeSupergraph([{ name, typeDefs, url }]).supergraphSdl }, options);
  onTestFinished(() => graph.close());
  return graph;
}

const http = (body: string, status = '200 OK') =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`;

describe('an answer that is none', () => {
  test.each([
    ['no HTTP', 'hello'],
    ['no JSON', http('<html>')],
    ['no result', http('[1]')],
    ['a proxy that is sorry', http('Bad gateway', '502 Bad Gateway')],
  ])('%s', async (_, answer) => {
    const graph = await graphOf((await impostor(answer)).url);
    expect(await graph.execute({ query: '{ reviewCount }', context })).toMatchObject({
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
  });

  test('silence, in time', async () => {
    const graph = await graphOf((await impostor()).url, { remote: { timeoutMs: 50 } });
    expect(await graph.execute({ query: '{ reviewCount }', context })).toMatchObject({
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
  });

  test('errors without a code get one', async () => {
    const graph = await graphOf((await impostor(http('{"errors":[{"message":"no"}]}'))).url);
    expect(plain(await graph.execute({ query: '{ reviewCount }', context })).errors).toEqual([
      { message: 'no', extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' } },
    ]);
  });
});

test('request id and credentials travel on', async () => {
  const { url, seen } = await impostor(http('{"data":{"reviewCount":1}}'));
  const graph = await graphOf(url);
  const caller: CallerContext = { ...testContext({ requestId: 'trace-7' }), authorization: 'Bearer abc' };
  await graph.execute({ query: '{ reviewCount }', context: caller });
  expect(seen.join('')).toMatch(/x-request-id: trace-7\r\nauthorization: Bearer abc\r\n/);
});

test('a caller who may do nothing here is not taken for this machine elsewhere', async () => {
  const { graph, library } = await remoteGraph();
  const stranger = testContext({ viewer: anonymous });
  expect(plain(await graph.execute({ query: '{ whoami }', context: stranger }))).toEqual({
    data: { whoami: 'anonymous' },
  });
  expect(plain(await graph.execute({ query: '{ whoami }', context }))).toEqual({ data: { whoami: 'local-operator' } });

  const readers = [stranger, context].map((reader) =>
    graph.subscribe({ query: 'subscription { loans(bookId: "1") { reader } }', context: reader }),
  );
  const events = (await Promise.all(readers)).map(streamOf).map(read);
  await vi.waitFor(() => expect(library.opened).toBe(2));
  library.lend('1');
  expect(await Promise.all(events)).toEqual([
    { data: { loans: { reader: 'anonymous' } } },
    { data: { loans: { reader: 'local-operator' } } },
  ]);
});

test('a caller who is gone is not waited for', async () => {
  const { url, seen } = await impostor();
  const graph = await graphOf(url);
  const caller = new AbortController();
  const answer = graph.execute({ query: '{ reviewCount }', context: testContext({ signal: caller.signal }) });
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  caller.abort();
  expect(await answer).toMatchObject({ errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] });
});
