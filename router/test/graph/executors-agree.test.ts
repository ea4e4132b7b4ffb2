import { testContext } from '@pentagraph/kit/testing';
import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { composeSupergraph } from '../../src/graph/compose.ts';
import { createGraph } from '../../src/graph/create-graph.ts';
import { directSubgraph } from '../../src/graph/direct-execution.ts';
import { gatewayExecutor } from '../../src/graph/gateway-executor.ts';
import { OperationPreparer } from '../../src/graph/operation-preparer.ts';
import { federatedPlanner, supergraphSchemas } from '../../src/graph/planner.ts';
import { localTransport } from '../../src/graph/transports/local.ts';
import { Library } from './fixtures/library.ts';
import { Reviews } from './fixtures/reviews.ts';

const subgraphs = [new Library(), new Reviews()];
const schemas = supergraphSchemas(composeSupergraph(subgraphs).supergraphSdl);
const transports = new Map(subgraphs.map((subgraph) => [subgraph.name, localTransport(subgraph)]));
const operations = new OperationPreparer({
  schema: schemas.apiSchema,
  cacheSize: 100,
  plan: federatedPlanner(schemas, transports),
});
const interpreter = gatewayExecutor(schemas, transports);
const graph = createGraph({ subgraphs });

/** Operations that one subgraph can answer as they stand. */
const direct: readonly { readonly query: string; readonly variables?: Record<string, unknown> }[] = [
  { query: '{ book(id: "1") { title pages id } }' },
  { query: '{ b: book(id: "1") { t: title t2: title } a: book(id: "2") { id } }' },
  { query: '{ books { ...B ... on Book { pages } title } } fragment B on Book { title id }' },
  { query: '{ readable { __typename title ... on Book { pages genre } } __typename }' },
  {
    query:
      'query ($n: Int, $no: Boolean = false) { books(first: $n) { id title @include(if: $no) pages @skip(if: $no) } }',
    variables: { n: 1 },
  },
  { query: 'query ($t: DateTime!) { echoTime(time: $t) }', variables: { t: '2026-05-01T00:00:00+02:00' } },
  { query: '{ book(id: "9") { title } books { id } }' },
  { query: '{ book(id: "1") { broken id } }' },
  { query: '{ book(id: "1") { id required } books(first: 1) { id } }' },
  { query: '{ books { required } }' },
  { query: '{ book(id: "1") { sequel { id } } }' },
  { query: 'mutation { addBook(input: { title: "Ubik", pages: 3 }) { pages genre } }' },
  { query: 'mutation { a: addBook(input: { title: "a", pages: 0 }) { id } }' },
  { query: '{ reviewCount }' },
];

test.each(direct)('the direct way and the plan agree on $query', async ({ query, variables = {} }) => {
  const prepared = operations.prepare(query, undefined, variables);
  if ('errors' in prepared) throw prepared.errors[0];
  expect(prepared.direct).toBeDefined();
  const context = testContext();
  const planned = await interpreter.execute(prepared, variables, context);
  const answered = await graph.execute({ query, variables, context });
  // As text, so that the order of fields counts; the interpreter notes nulls it had to add under `extensions`.
  expect(JSON.stringify({ data: answered.data, errors: answered.errors })).toBe(
    JSON.stringify({ data: planned.data, errors: planned.errors }),
  );
});

const indirect: readonly (readonly [why: string, query: string])[] = [
  ['fields of two subgraphs', '{ book(id: "1") { title stars } }'],
  ['two subgraphs side by side', '{ reviewCount books { id } }'],
  ['the schema', '{ __schema { queryType { name } } }'],
  ['the schema in a fragment', '{ reviewCount ...S } fragment S on Query { __type(name: "Book") { name } }'],
];

test.each(indirect)('%s need the plan', (_, query) => {
  const prepared = operations.prepare(query, undefined, {});
  expect(prepared).toMatchObject({ direct: undefined });
});

test('a supergraph that hides something needs the plan', () => {
  const document = parse('{ reviewCount }');
  const prepared = operations.prepare(document, undefined, {});
  if ('errors' in prepared) throw prepared.errors[0];
  const hiding = { ...prepared, transports, supergraphSdl: `${schemas.supergraphSdl} # @inaccessible` };
  expect(directSubgraph({ ...prepared, transports, supergraphSdl: schemas.supergraphSdl })).toBeDefined();
  expect(directSubgraph(hiding)).toBeUndefined();
});
