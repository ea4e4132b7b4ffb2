import type { ApiTable } from './api-table.ts';
import { operationTitle } from './operation.ts';
import { parsePattern } from './path-pattern.ts';
import type { Route } from './route.ts';
import type { JsonSchema, RouteDocs } from './route-docs.ts';

/** An API's table as an OpenAPI 3.1 document. */
export function openApiOf(table: ApiTable): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [key, rows] of rowsByKey(table.routes)) {
    const docs = table.docs[key];
    const [first] = rows;
    if (!docs || !first) throw new Error(`'${key}' has no documentation.`);
    const path = openApiPath(first.path);
    paths[path] = { ...paths[path], [first.method.toLowerCase()]: operationOf(first, rows, docs) };
  }
  return {
    openapi: '3.1.0',
    info: { title: table.title, version: table.version, description: table.description },
    paths,
    ...(table.schemas && { components: { schemas: table.schemas } }),
  };
}

/** How rows of the same method and path are named together: `GET /v1/plugins/:type`. */
export const rowKey = ({ method, path }: Pick<Route, 'method' | 'path'>): string => `${method} ${path}`;

/** Rows that share method and path, together. */
export function rowsByKey(routes: readonly Route[]): ReadonlyMap<string, readonly Route[]> {
  const groups = new Map<string, Route[]>();
  for (const route of routes) {
    const key = rowKey(route);
    const group = groups.get(key);
    if (group) group.push(route);
    else groups.set(key, [route]);
  }
  return groups;
}

/** `/v1/metrics/*namespace` as `/v1/metrics/{namespace}`. */
export const openApiPath = (pattern: string): string =>
  `/${parsePattern(pattern)
    .map((segment) => (segment.kind === 'static' ? segment.text : `{${segment.name}}`))
    .join('/')}`;

function operationOf(first: Route, rows: readonly Route[], docs: RouteDocs): JsonSchema {
  const operations = operationsOf(rows);
  return {
    operationId: operationId(first),
    tags: [docs.tag],
    summary: docs.summary,
    ...(docs.description && { description: docs.description }),
    ...(operations.length > 0 && { 'x-graphql-operations': operations }),
    parameters: [...pathParameters(first.path, docs), ...queryParameters(docs)],
    ...(docs.request && { requestBody: { content: contentOf(docs.request) } }),
    responses: Object.fromEntries(
      Object.entries(docs.responses).map(([status, body]) => [
        status,
        { description: body.description ?? docs.summary, content: contentOf([body]) },
      ]),
    ),
  };
}

/** The operations of the graph that rows ask, each once. */
export const operationsOf = (rows: readonly Route[]): readonly string[] => [
  ...new Set(rows.flatMap(({ document }) => (document ? [operationTitle(document)] : []))),
];

const operationId = ({ method, path }: Route): string =>
  `${method.toLowerCase()}${parsePattern(path)
    .map((segment) => (segment.kind === 'static' ? segment.text : segment.name))
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')}`;

const pathParameters = (path: string, docs: RouteDocs): readonly JsonSchema[] =>
  parsePattern(path).flatMap((segment) =>
    segment.kind === 'static'
      ? []
      : [
          {
            name: segment.name,
            in: 'path',
            required: true,
            description: docs.params?.[segment.name] ?? segment.name,
            schema: { type: 'string' },
          },
        ],
  );

const queryParameters = (docs: RouteDocs): readonly JsonSchema[] =>
  Object.entries(docs.query ?? {}).map(([name, { description, schema }]) => ({
    name,
    in: 'query',
    description,
    schema,
  }));

const contentOf = (bodies: readonly { readonly mediaType: string; readonly schema: JsonSchema }[]): JsonSchema =>
  Object.fromEntries(bodies.map(({ mediaType, schema }) => [mediaType, { schema }]));
