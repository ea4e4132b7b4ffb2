import { buildSchema, GraphQLError, getIntrospectionQuery } from 'graphql';
import { describe, expect, test } from 'vitest';
import { operationGuard } from '../../src/graph/guard.ts';
import { defaultLimits, limitError, limitTable, type OperationLimits } from '../../src/graph/limits.ts';

const schema = buildSchema(`
  type Query {
    tree: Tree
    trees(first: Int = 50): TreeConnection!
    forest: [Tree!]!
  }
  type TreeConnection { nodes: [Tree!]! totalCount: Int! }
  type Tree { name: String! child: Tree trees(first: Int = 50): TreeConnection! }
`);

const repeat = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');
const nested = (levels: number) => `${'{ child '.repeat(levels - 2)}{ name }${' }'.repeat(levels - 2)}`;

const nestedList = (levels: number) =>
  `trees(first: ${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}) { totalCount }`;

const sizedBy = (variable: string) => `query (${variable}) { trees(first: $n) { nodes { name } } }`;

/** For each limit an operation that just passes and one that does not, and what the latter is told. */
const rows: readonly {
  readonly limit: keyof OperationLimits;
  readonly passes: string;
  readonly exceeds: string;
  readonly message: string;
}[] = [
  {
    limit: 'tokens',
    passes: `{ ${repeat(4998, () => 'forest')} }`,
    exceeds: `{ ${repeat(4999, () => 'forest')} }`,
    message: 'The document has 5001 tokens; the limit is 5000. Pass values as variables, or split the document.',
  },
  {
    limit: 'nesting',
    passes: `{ ${nestedList(199)} }`,
    exceeds: `{ ${nestedList(200)} }`,
    message:
      'The document has brackets within brackets, 201 levels deep; the limit is 200. Pass values as variables, or ask for the inner levels in a second operation.',
  },
  {
    limit: 'fragments',
    passes: `{ ...F0 } ${repeat(100, (index) => `fragment F${index} on Query { forest }`)}`,
    exceeds: `{ ...F0 } ${repeat(101, (index) => `fragment F${index} on Query { forest }`)}`,
    message: 'The document has 101 fragments; the limit is 100. Split the document.',
  },
  {
    limit: 'directives',
    passes: `{ tree { name ${repeat(50, () => '@skip(if: false)')} } }`,
    exceeds: `{ tree { name ${repeat(51, () => '@skip(if: false)')} } }`,
    message: 'The document has 51 directives; the limit is 50. Split the document.',
  },
  {
    limit: 'aliases',
    passes: `{ tree { ${repeat(50, (index) => `a${index}: name`)} } }`,
    exceeds: `{ a: tree { ${repeat(50, (index) => `a${index}: name`)} } }`,
    message:
      'The document has 51 aliases; the limit is 50. Ask for lists instead of many single things, or split the document.',
  },
  {
    limit: 'depth',
    passes: `{ tree ${nested(15)} }`,
    exceeds: `{ tree ${nested(16)} }`,
    message: 'The operation is 16 levels deep; the limit is 15. Ask for the inner levels in a second operation.',
  },
  {
    limit: 'cost',
    passes: '{ trees(first: null) { nodes { trees(first: 490) { nodes { name } } } } }',
    exceeds: '{ trees(first: null) { nodes { trees(first: 1000) { nodes { name } } } } }',
    message:
      "The operation may resolve 2002001 fields; the limit is 1000000. Ask for smaller pages ('first'), or for fewer fields of each item.",
  },
];

describe('the limit of', () => {
  const guard = operationGuard(schema, defaultLimits);

  test.each(rows)('$limit', ({ limit, passes, exceeds, message }) => {
    expect(guard({ query: passes })).not.toBeInstanceOf(GraphQLError);
    const refused = guard({ query: exceeds }) as GraphQLError;
    expect(refused).toBeInstanceOf(GraphQLError);
    expect(refused.message).toBe(message);
    expect(refused.extensions).toMatchObject({
      code: limitTable.find((row) => row.limit === limit)?.code,
      limit: defaultLimits[limit],
    });
  });

  test('bytes says the size and the limit', () => {
    const { message, extensions } = limitError('bodyBytes', 2_000_000, 1_048_576);
    expect(message).toMatch(/2000000 bytes; the limit is 1048576/);
    expect(extensions).toEqual({ code: 'BODY_LIMIT_EXCEEDED', limit: 1_048_576, value: 2_000_000 });
  });

  test('every row of the table is tried here', () => {
    expect([...rows.map(({ limit }) => limit), 'bodyBytes'].sort()).toEqual(
      limitTable.map(({ limit }) => limit).sort(),
    );
  });
});

describe('the cost', () => {
  const costs: readonly {
    readonly name: string;
    readonly cost: number;
    readonly query: string;
    readonly variables?: Record<string, unknown>;
  }[] = [
    { name: 'of fields is their number', cost: 3, query: '{ tree { name } __typename }' },
    { name: 'of a page is its size', cost: 1 + 10 * 2, query: '{ trees(first: 10) { nodes { name } } }' },
    { name: 'of a page without size is the default', cost: 1 + 50 * 2, query: '{ trees { nodes { name } } }' },
    { name: 'of everything is 1000 items', cost: 1 + 1000 * 2, query: '{ trees(first: null) { nodes { name } } }' },
    { name: 'of a list without pages is 20 items', cost: 1 + 20, query: '{ forest { name } }' },
    { name: 'looks into variables', cost: 1 + 7 * 2, query: sizedBy('$n: Int'), variables: { n: 7 } },
    { name: 'takes defaults of variables', cost: 1 + 4 * 2, query: sizedBy('$n: Int = 4') },
    { name: 'takes null for everything', cost: 1 + 1000 * 2, query: sizedBy('$n: Int'), variables: { n: null } },
    {
      name: 'counts fragments wherever they are spread',
      cost: 4,
      query: '{ tree { ...T } a: tree { ...T } } fragment T on Tree { name }',
    },
    {
      name: 'ends with fragments in a circle',
      cost: 3,
      query: '{ tree { ...A } } fragment A on Tree { name ...B } fragment B on Tree { name ...A }',
    },
  ];

  test.each(costs)('$name', ({ cost, query, variables = {} }) => {
    const guardOf = (limit: number) => operationGuard(schema, { ...defaultLimits, cost: limit });
    expect(guardOf(cost - 1)({ query, variables })).toMatchObject({
      extensions: { code: 'COST_LIMIT_EXCEEDED', value: cost },
    });
    expect(guardOf(cost)({ query, variables })).toHaveProperty('kind', 'Document');
  });
});

test("GraphiQL's introspection passes, and introspection in circles does not", () => {
  const guard = operationGuard(schema, defaultLimits);
  const options = {
    descriptions: true,
    inputValueDeprecation: true,
    oneOf: true,
    schemaDescription: true,
    specifiedByUrl: true,
  };
  expect(guard({ query: getIntrospectionQuery(options) })).toHaveProperty('kind', 'Document');
  const circle =
    '{ __schema { types { fields { type { fields { type { fields { type { fields { type { fields { name } } } } } } } } } } } }';
  expect(guard({ query: circle })).toMatchObject({ extensions: { code: 'COST_LIMIT_EXCEEDED' } });
});

test('nesting is found however it is written', () => {
  const guard = operationGuard(schema, { ...defaultLimits, tokens: 500_000 });
  const refused = { extensions: { code: 'NESTING_LIMIT_EXCEEDED' } };
  const inline = (levels: number) => `${'... { '.repeat(levels)}forest${' }'.repeat(levels)}`;
  expect(guard({ query: `{ ${inline(1600)} }` })).toMatchObject(refused);
  expect(guard({ query: '{ a'.repeat(100_000) })).toMatchObject(refused);
  expect(guard({ query: `query ($v: ${'['.repeat(2400)}Int${']'.repeat(2400)}) { forest }` })).toMatchObject(refused);
  const chain = repeat(20, (index) => `fragment F${index} on Query { ${inline(20)} ...F${index + 1} }`);
  expect(guard({ query: `{ ...F0 } ${chain}` })).toHaveProperty('kind', 'Document');
  const spreadInside = repeat(20, (index) => {
    const levels = 20;
    return `fragment F${index} on Query { ${'... { '.repeat(levels)}...F${index + 1}${' }'.repeat(levels)} }`;
  });
  expect(guard({ query: `{ ...F0 } ${spreadInside}` })).toMatchObject(refused);
});

test('equal texts are one document', () => {
  const guard = operationGuard(schema, defaultLimits);
  expect(guard({ query: '{ tree { name } }' })).toBe(guard({ query: '{ tree { name } }' }));
});
