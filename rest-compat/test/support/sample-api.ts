import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { parse } from 'graphql';
import type { Answer } from '../../src/engine/answer.ts';
import type { ApiTable } from '../../src/engine/api-table.ts';
import { type Envelope, type Row, routes } from '../../src/engine/route.ts';

/** A document whose result and variables a test declares. */
export const operation = <Result, Variables = Record<never, never>>(
  text: string,
): TypedDocumentNode<Result, Variables> => parse(text);

/** Texts as they are; failures as `status code: message`. */
const plain: Envelope<string> = {
  ok: (text) => ({ status: 200, headers: [['Content-Type', 'text/plain']], body: text }),
  failed: ({ status, code, message }) => ({ status, headers: [], body: `${status} ${code}: ${message}` }),
};

const text = (status: number, body: string): Answer => ({ status, headers: [], body });

/** A small API with the rows and manners of a test. */
export const sampleApi = (rows: readonly Row<string>[], manners: Partial<ApiTable> = {}): ApiTable => ({
  name: 'sample',
  title: 'Sample',
  version: '1',
  description: 'An API for tests',
  summary: '/sample',
  routes: routes(plain, rows),
  docs: Object.fromEntries(
    rows.map(({ method, path }) => [`${method} ${path}`, { summary: path, tag: 'sample', responses: {} }]),
  ),
  ownPaths: /^\/+sample/i,
  headAnswersGet: false,
  notFound: () => text(404, 'the API knows no such path'),
  methodNotAllowed: (_method, allowed) => text(405, allowed.join(', ')),
  malformedPath: text(400, 'malformed path'),
  ...manners,
});
