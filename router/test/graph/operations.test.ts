import { testContext } from '@pentagraph/kit/testing';
import { parse } from 'graphql';
import { beforeEach, describe, expect, test } from 'vitest';
import { createGraph } from '../../src/graph/create-graph.ts';
import type { RunningGraph } from '../../src/graph/running-graph.ts';
import { Library } from './fixtures/library.ts';
import { Reviews } from './fixtures/reviews.ts';

let graph: RunningGraph;
let library: Library;
let reviews: Reviews;

beforeEach(() => {
  library = new Library();
  reviews = new Reviews();
  graph = createGraph({ subgraphs: [library, reviews] });
});

const ask = async (query: string, variables = {}, operationName?: string) =>
  JSON.parse(JSON.stringify(await graph.execute({ query, variables, operationName, context: testContext() })));

describe('answers', () => {
  test('fields of two subgraphs about one entity', async () => {
    expect(await ask('{ book(id: "1") { title stars reviews { text } } }')).toEqual({
      data: { book: { title: 'Dune', stars: 4, reviews: [{ text: 'Sand everywhere' }, { text: 'Long' }] } },
    });
  });

  test('one subgraph alone', async () => {
    expect(await ask('{ books { id ... on Readable { name: title } } }')).toEqual({
      data: {
        books: [
          { id: '1', name: 'Dune' },
          { id: '2', name: 'Solaris' },
        ],
      },
    });
  });

  test('the type name alone', async () => {
    expect(await ask('{ __typename }')).toEqual({ data: { __typename: 'Query' } });
  });

  test('the schema, without federation machinery', async () => {
    const { data } = await ask('{ __schema { types { name } } __type(name: "Book") { fields { name } } }');
    const names = data.__schema.types.map((type: { name: string }) => type.name);
    expect(names).toContain('Book');
    expect(names).not.toContain('_Entity');
    expect(data.__type.fields.map((field: { name: string }) => field.name)).toContain('stars');
  });

  test('mutations', async () => {
    expect(await ask('mutation { addBook(input: { title: "Ubik" }) { id title pages } }')).toEqual({
      data: { addBook: { id: '3', title: 'Ubik', pages: 100 } },
    });
  });

  test('the named operation of several', async () => {
    const document = 'query A { reviewCount } query B { books(first: 1) { title } }';
    expect(await ask(document, {}, 'B')).toEqual({ data: { books: [{ title: 'Dune' }] } });
    expect(await ask(document, {}, 'A')).toEqual({ data: { reviewCount: 3 } });
  });

  test('with skipped and included fields', async () => {
    const query = 'query ($yes: Boolean!) { book(id: "1") { title @skip(if: $yes) stars @include(if: $yes) } }';
    expect(await ask(query, { yes: true })).toEqual({ data: { book: { stars: 4 } } });
    expect(await ask(query, { yes: false })).toEqual({ data: { book: { title: 'Dune' } } });
  });

  test('for the viewer who asks', async () => {
    expect(await ask('{ whoami }')).toEqual({ data: { whoami: 'local-operator' } });
  });
});

const refusals: readonly (readonly [name: string, query: string, variables: object, errors: readonly object[]])[] = [
  [
    'no GraphQL',
    '{ book(',
    {},
    [{ message: 'Syntax Error: Expected Name, found <EOF>.', extensions: { code: 'GRAPHQL_PARSE_FAILED' } }],
  ],
  [
    'an unknown field',
    '{ nonsense }',
    {},
    [{ message: 'Cannot query field "nonsense" on type "Query".', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  ],
  [
    'a missing variable',
    'query ($id: ID!) { book(id: $id) { id } }',
    {},
    [{ message: 'Variable "$id" of required type "ID!" was not provided.', extensions: { code: 'BAD_USER_INPUT' } }],
  ],
  [
    'a scalar value the subgraph rejects',
    'query ($t: DateTime!) { echoTime(time: $t) }',
    { t: 'noon' },
    [{ extensions: { code: 'BAD_USER_INPUT' } }],
  ],
  [
    'a scalar literal the subgraph rejects',
    '{ echoTime(time: "noon") }',
    {},
    [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  ],
  [
    'no operation chosen',
    'query A { reviewCount } query B { reviewCount }',
    {},
    [
      {
        message: 'Must provide operation name if query contains multiple operations.',
        extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
      },
    ],
  ],
  [
    'a subscription',
    'subscription { loans(bookId: 1) { time } }',
    {},
    [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }],
  ],
];

describe('refuses', () => {
  test.each(refusals)('%s', async (_, query, variables, errors) => {
    const result = await ask(query, variables);
    expect(result.errors).toMatchObject(errors);
    expect(result.data ?? null).toBeNull();
  });

  const domainError = {
    message: 'No book has the id 9.',
    path: ['book'],
    extensions: { code: 'BOOK_NOT_FOUND', domain: 'library', httpStatus: 404, details: { id: '9' } },
  };

  test.each([
    ['by the subgraph alone', '{ book(id: "9") { title } }'],
    ['by the plan', '{ book(id: "9") { title stars } }'],
  ])('what a domain refuses, with its code (%s)', async (_, query) => {
    expect(await ask(query)).toEqual({ data: { book: null }, errors: [domainError] });
  });

  test.each([
    ['by the subgraph alone', '{ book(id: "1") { id broken } }', { id: '1', broken: null }],
    ['by the plan', '{ book(id: "1") { stars broken } }', { stars: 4, broken: null }],
  ])('to tell what broke (%s)', async (_, query, book) => {
    expect(await ask(query)).toEqual({
      data: { book },
      errors: [
        {
          message: 'Internal server error',
          path: ['book', 'broken'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'test' },
        },
      ],
    });
  });
});

describe('the plan cache', () => {
  const context = testContext();

  test('plans a text once', async () => {
    await ask('{ reviewCount }');
    await ask('{ reviewCount }');
    expect(graph.stats().planCache).toEqual({ hits: 1, misses: 1, size: 1 });
  });

  test('plans a document that is the same object once', async () => {
    const query = parse('{ reviewCount }');
    await graph.execute({ query, context });
    await graph.execute({ query, context });
    expect(graph.stats().planCache).toEqual({ hits: 1, misses: 1, size: 0 });
  });

  test('is bounded and forgets what was used least recently', async () => {
    graph = createGraph({ subgraphs: [library, reviews] }, { planCacheSize: 2 });
    for (const alias of ['a', 'b', 'a', 'c', 'a', 'b']) await ask(`{ ${alias}: reviewCount }`);
    expect(graph.stats().planCache).toEqual({ hits: 2, misses: 4, size: 2 });
  });
});

test('observers learn what was asked and how it ended', async () => {
  const seen: string[] = [];
  const stop = graph.observe(({ type, outcome }) => seen.push(`${type} ${outcome}`));
  await ask('{ reviewCount }');
  await ask('{ book(id: "9") { id } }');
  await ask('{ nonsense }');
  stop();
  await ask('{ reviewCount }');
  expect(seen).toEqual(['query ok', 'query error', 'unknown refused']);
});
