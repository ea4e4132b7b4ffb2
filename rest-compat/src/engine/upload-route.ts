import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { sendAnswer } from './answer.ts';
import type { ApiRequest } from './api-request.ts';
import { type Failure, RequestRefused } from './failure.ts';
import { askGraph } from './operation.ts';
import type { PathParams } from './path-pattern.ts';
import type { Exchange, Row, RowOptions } from './route.ts';
import { stageMultipart, type UploadPart } from './stage-multipart.ts';
import { removeStaged, type StagedFile } from './staging.ts';
import { UploadProblem, type UploadProblemKind } from './upload-problem.ts';

export interface UploadMapping<Path extends string, Result, Variables, Reply> extends RowOptions {
  readonly maxFiles: number;
  /** Most bytes of one file, unpacked. */
  readonly maxFileBytes: number;
  /** Whether each part is a gzip stream by itself. */
  readonly gunzip?: (request: ApiRequest<PathParams<Path>>) => boolean;
  /** Looks at a part before its content is taken. @throws RequestRefused */
  readonly admit?: (part: UploadPart) => void;
  /** @throws RequestRefused when the files don't belong together. */
  readonly vars: (files: readonly StagedFile[], request: ApiRequest<PathParams<Path>>) => Variables;
  readonly ok: (result: Result, request: ApiRequest<PathParams<Path>>) => Reply;
  readonly refused: (problem: UploadProblemKind) => Failure;
}

/**
 * A row that takes a multipart upload: the parts are staged as files, the operation refers to them by id. They are removed
 * when it has answered, so it moves or copies what it keeps.
 */
export const upload = <const Path extends string, Result, Variables, Reply>(
  method: string,
  path: Path,
  document: TypedDocumentNode<Result, Variables>,
  mapping: UploadMapping<Path, Result, Variables, Reply>,
): Row<Reply> => ({
  method,
  path,
  kind: 'upload',
  document,
  when: mapping.when,
  bodyLimit: undefined,
  async serve(exchange, envelope) {
    const { response, context, options } = exchange;
    const request = exchange.request as ApiRequest<PathParams<Path>>;
    const files = await stage(exchange, request, mapping);
    const ask = async () => askGraph(options.graph, document, mapping.vars(files, request), context);
    const result = await ask().finally(() => Promise.all(files.map(({ id }) => removeStaged(options.stagingDir, id))));
    sendAnswer(response, envelope.ok(mapping.ok(result, request), exchange.request));
  },
});

type StagingRules<Path extends string> = Pick<
  UploadMapping<Path, unknown, unknown, unknown>,
  'maxFiles' | 'maxFileBytes' | 'gunzip' | 'admit' | 'refused'
>;

async function stage<Path extends string>(
  { incoming, context, options }: Exchange,
  request: ApiRequest<PathParams<Path>>,
  rules: StagingRules<Path>,
): Promise<readonly StagedFile[]> {
  try {
    return await stageMultipart(incoming, {
      stagingDir: options.stagingDir,
      signal: context.signal,
      maxFiles: rules.maxFiles,
      maxBytes: rules.maxFileBytes,
      gunzip: rules.gunzip?.(request) ?? false,
      admit: (part) => rules.admit?.(part),
    });
  } catch (error) {
    throw error instanceof UploadProblem ? new RequestRefused(rules.refused(error.kind)) : error;
  }
}
