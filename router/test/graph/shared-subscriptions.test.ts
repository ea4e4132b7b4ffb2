import { anonymous } from '@pentagraph/kit';
import { settle, testContext } from '@pentagraph/kit/testing';
import type { ExecutionResult } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import { createGraph } from '../../src/graph/create-graph.ts';
import type { RunningGraph } from '../../src/graph/running-graph.ts';
import { SharedSubscriptions } from '../../src/graph/shared-subscriptions.ts';
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

const query = 'subscription ($id: ID!) { loans(bookId: $id) { book { title stars } } }';
const watch = async ({ id = '1', text = query, context = testContext() } = {}) =>
  streamOf(await graph.subscribe({ query: text, variables: { id }, context }));

describe('equal subscriptions', () => {
  test('share one upstream and get the same result objects: 1,000 readers', async () => {
    const streams = await Promise.all(Array.from({ length: 1000 }, () => watch()));
    expect(library.opened).toBe(1);
    expect(graph.stats()).toMatchObject({ activeSubscriptions: 1000, sharedUpstreams: 1 });

    library.lend('1');
    const steps = await Promise.all(streams.map((stream) => stream.next()));
    const results = new Set(steps.map(({ value }) => value));
    expect(results.size).toBe(1);
    expect(JSON.parse(JSON.stringify([...results][0]))).toEqual({
      data: { loans: { book: { title: 'Dune', stars: 4 } } },
    });
    expect(reviews.lookups).toBe(1);

    await Promise.all(streams.map((stream) => stream.return?.()));
    await settle();
    expect([library.opened, library.closed]).toEqual([1, 1]);
    expect(graph.stats()).toMatchObject({ activeSubscriptions: 0, sharedUpstreams: 0 });
  });

  test('go on when the one who came first leaves', async () => {
    const first = new AbortController();
    await watch({ context: testContext({ signal: first.signal }) });
    const second = await watch();
    first.abort();
    library.lend('1');
    expect(await read(second)).toMatchObject({ data: { loans: { book: { title: 'Dune' } } } });
    expect([library.opened, library.closed]).toEqual([1, 0]);
  });

  test('begin anew after the last has left', async () => {
    const first = await watch();
    await first.return?.();
    const second = await watch();
    library.lend('1');
    expect(await read(second)).toMatchObject({ data: { loans: { book: { title: 'Dune' } } } });
    expect(library.opened).toBe(2);
  });

  test('are all told why they can not begin, and nothing stays', async () => {
    const refused = await Promise.all(
      [1, 2, 3].map(() => graph.subscribe({ query, variables: { id: '9' }, context: testContext() })),
    );
    for (const answer of refused)
      expect(answer).toMatchObject({ errors: [{ extensions: { code: 'BOOK_NOT_FOUND' } }] });
    expect(graph.stats()).toMatchObject({ activeSubscriptions: 0, sharedUpstreams: 0 });
  });

  test('begin anew after a start that broke', async () => {
    const shared = new SharedSubscriptions();
    const context = testContext();
    const broken = [1, 2].map(() => shared.join('key', context, () => Promise.reject(new Error('no memory'))));
    for (const joined of broken) await expect(joined).rejects.toThrow('no memory');
    expect(shared.size).toBe(0);
    const refusal = { errors: [] };
    expect(await shared.join('key', context, async () => refusal)).toBe(refusal);
  });

  test('end together when the source ends', async () => {
    const streams = [await watch(), await watch()];
    const pending = streams.map(read);
    await library.bus.close();
    expect(await Promise.all(pending)).toEqual([undefined, undefined]);
    await settle();
    expect(graph.stats()).toMatchObject({ activeSubscriptions: 0, sharedUpstreams: 0 });
  });
});

test('a reader that falls behind is dropped alone', async () => {
  const slow = await watch();
  const quick = await watch();
  for (let event = 0; event < 257; event++) {
    const next = quick.next();
    library.lend('1');
    expect(await next).toMatchObject({ done: false });
    await settle();
  }
  let last: unknown;
  const count = await countUntilEnd(slow, (result) => {
    last = result;
  });
  expect(count).toBe(257);
  expect(last).toMatchObject({ errors: [{ extensions: { code: 'SLOW_CONSUMER' } }] });
  library.lend('1');
  expect(await read(quick)).toHaveProperty('data');
});

const different: readonly (readonly [string, Parameters<typeof watch>[0]])[] = [
  ['variables', { id: '2' }],
  ['selections', { text: 'subscription ($id: ID!) { loans(bookId: $id) { time } }' }],
  ['viewers', { context: testContext({ viewer: anonymous }) }],
];

test.each(different)('other %s do not share', async (_, other) => {
  await watch();
  await watch(other);
  expect(library.opened).toBe(2);
});

test('fields that do not offer it are not shared', async () => {
  const text = 'subscription ($id: ID!) { privateLoans(bookId: $id) { time } }';
  await watch({ text });
  await watch({ text });
  expect(library.opened).toBe(2);
  expect(graph.stats().sharedUpstreams).toBe(0);
});

async function countUntilEnd(stream: AsyncIterableIterator<ExecutionResult>, see: (result: unknown) => void) {
  let count = 0;
  for await (const result of stream) {
    see(result);
    count++;
  }
  return count;
}
