import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { sendAnswer } from './answer.ts';
import type { ApiRequest } from './api-request.ts';
import { type Failure, RequestRefused } from './failure.ts';
import { askGraph } from './operation.ts';
import type { PathParams } from './path-pattern.ts';
import type { Row, RowOptions, VariablesOf } from './route.ts';

/** Most bytes of a body that is read whole, unless the row says otherwise. */
const BODY_LIMIT = 4 * 1024 * 1024;

/** How a row turns a request into variables, and a result into a reply. */
export type JsonMapping<Path extends string, Result, Variables, Reply> = RowOptions &
  VariablesOf<PathParams<Path>, Variables> & {
    readonly ok: (result: Result, request: ApiRequest<PathParams<Path>>) => Reply;
    /** What this row makes of a failure before the envelope gets it. */
    readonly failed?: (failure: Failure, request: ApiRequest<PathParams<Path>>) => Failure;
    /** Most bytes of the body. Default 4 MiB. */
    readonly bodyLimit?: number;
  };

/** Makes rows of one method: operation in, one answer out. */
const jsonRow =
  (method: string, readsBody: boolean) =>
  <const Path extends string, Result, Variables, Reply>(
    path: Path,
    document: TypedDocumentNode<Result, Variables>,
    mapping: JsonMapping<Path, Result, Variables, Reply>,
  ): Row<Reply> => ({
    method,
    path,
    kind: 'json',
    document,
    when: mapping.when,
    bodyLimit: readsBody ? (mapping.bodyLimit ?? BODY_LIMIT) : undefined,
    async serve({ request: untyped, response, context, options }, envelope) {
      const request = untyped as ApiRequest<PathParams<Path>>;
      try {
        const variables = mapping.vars?.(request) ?? ({} as Variables);
        const result = await askGraph(options.graph, document, variables, context);
        sendAnswer(response, envelope.ok(mapping.ok(result, request), untyped));
      } catch (error) {
        if (!(error instanceof RequestRefused) || !mapping.failed) throw error;
        throw new RequestRefused(mapping.failed(error.failure, request));
      }
    },
  });

export const get = jsonRow('GET', false);
export const post = jsonRow('POST', true);
export const put = jsonRow('PUT', true);
export const patch = jsonRow('PATCH', true);
/** DELETE; clients of some APIs send bodies with it. */
export const del = jsonRow('DELETE', true);
