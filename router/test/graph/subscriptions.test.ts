import { settle, testContext } from '@pentagraph/kit/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import { createGraph } from '../../src/graph/create-graph.ts';
import type { RunningGraph } from '../../src/graph/running-graph.ts';
import { Library } from './fixtures/library.ts';
import { read, streamOf } from './fixtures/reading.ts';
import { Reviews } from './fixtures/reviews.ts';

let library: Library;
let reviews: Reviews;
let graph: RunningGraph;

beforeEach(() => {
  library = new Library();
  reviews = new Reviews();
  graph = createGraph({ subgraphs: [library, reviews] });
});

const watch = async (query: string, context = testContext(), variables = {}) =>
  graph.subscribe({ query, variables, context });

const own = 'subscription { privateLoans(bookId: "1") { time book { title } } }';
const federated = 'subscription { privateLoans(bookId: "1") { book { title stars reviews { text } } } }';

describe('a subscription', () => {
  test('delivers the events of its subgraph', async () => {
    const stream = streamOf(await watch(own));
    library.lend('1');
    expect(await read(stream)).toEqual({
      data: { privateLoans: { time: '2026-01-01T00:00:00.000Z', book: { title: 'Dune' } } },
    });
    expect(reviews.lookups).toBe(0);
  });

  test("resolves another subgraph's fields for every event", async () => {
    const stream = streamOf(await watch(federated));
    const expected = {
      data: {
        privateLoans: { book: { title: 'Dune', stars: 4, reviews: [{ text: 'Sand everywhere' }, { text: 'Long' }] } },
      },
    };
    library.lend('1');
    expect(await read(stream)).toEqual(expected);
    library.lend('1');
    expect(await read(stream)).toEqual(expected);
    expect(reviews.lookups).toBe(2);
  });

  test('takes variables', async () => {
    const query =
      'subscription ($id: ID!, $more: Boolean!) { privateLoans(bookId: $id) { book { title stars @include(if: $more) } } }';
    const stream = streamOf(await watch(query, testContext(), { id: '2', more: true }));
    library.lend('2');
    expect(await read(stream)).toEqual({ data: { privateLoans: { book: { title: 'Solaris', stars: 4 } } } });
  });

  test('reports what fails in an event and goes on', async () => {
    const stream = streamOf(await watch('subscription { privateLoans(bookId: "1") { book { id broken stars } } }'));
    library.lend('1');
    expect(await read(stream)).toEqual({
      data: { privateLoans: { book: { id: '1', broken: null, stars: 4 } } },
      errors: [
        {
          message: 'Internal server error',
          path: ['privateLoans', 'book', 'broken'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'test' },
        },
      ],
    });
    library.lend('1');
    expect(await read(stream)).toMatchObject({ data: { privateLoans: { book: { stars: 4 } } } });
  });

  test.each([
    ['refused by its subgraph', 'subscription { privateLoans(bookId: "9") { time } }', 'BOOK_NOT_FOUND'],
    [
      'refused by its subgraph, with a rest',
      'subscription { privateLoans(bookId: "9") { book { stars } } }',
      'BOOK_NOT_FOUND',
    ],
    ['not valid', 'subscription { privateLoans(bookId: "1") { nonsense } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['no subscription', '{ reviewCount }', 'OPERATION_RESOLUTION_FAILURE'],
  ])('that is %s is one result', async (_, query, code) => {
    const answer = await watch(query);
    expect(answer).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(graph.stats().activeSubscriptions).toBe(0);
  });
});

const endings: readonly (readonly [string, (stream: AsyncIterableIterator<unknown>, abort: () => void) => unknown])[] =
  [
    ['its reader leaves', (stream) => stream.return?.()],
    ['its caller is gone', (_, abort) => abort()],
    ['the graph closes', () => graph.close()],
  ];

describe('a subscription ends', () => {
  for (const query of [own, federated]) {
    test.each(endings)(`at its source, when %s (${query === own ? 'one subgraph' : 'two'})`, async (_, end) => {
      const caller = new AbortController();
      const stream = streamOf(await watch(query, testContext({ signal: caller.signal })));
      const pending = stream.next();
      await end(stream, () => caller.abort());
      expect(await pending).toEqual({ value: undefined, done: true });
      await settle();
      expect([library.opened, library.closed]).toEqual([1, 1]);
      expect(library.bus.subscriberCount('loans:1')).toBe(0);
      expect(graph.stats().activeSubscriptions).toBe(0);
    });
  }

  test('when its source ends', async () => {
    const stream = streamOf(await watch(own));
    await library.bus.close();
    expect(await read(stream)).toBeUndefined();
    expect(graph.stats().activeSubscriptions).toBe(0);
  });

  test('with an error when it falls behind its source', async () => {
    const stream = streamOf(await watch(own));
    for (let event = 0; event < 257; event++) library.lend('1');
    for (let event = 0; event < 256; event++) expect(await read(stream)).toHaveProperty('data');
    expect(await read(stream)).toMatchObject({ errors: [{ extensions: { code: 'SLOW_CONSUMER' } }] });
    expect(await read(stream)).toBeUndefined();
  });
});
