import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Header } from './answer.ts';
import type { ApiRequest } from './api-request.ts';
import { askGraph } from './operation.ts';
import type { PathParams } from './path-pattern.ts';
import type { Row, RowOptions, VariablesOf } from './route.ts';

/** Bytes of any length, sent as fast as the client reads. */
export interface ByteSource {
  readonly status: number;
  /** With a Content-Length when the length is known; otherwise the answer is chunked. */
  readonly headers: readonly Header[];
  readonly stream: Readable;
}

export type ByteStreamMapping<Path extends string, Result, Variables> = RowOptions &
  VariablesOf<PathParams<Path>, Variables> & {
    readonly source: (result: Result, request: ApiRequest<PathParams<Path>>) => ByteSource | Promise<ByteSource>;
  };

/** A row that answers with a file or a generated stream of bytes. */
export const byteStream = <const Path extends string, Result, Variables, Reply>(
  method: string,
  path: Path,
  document: TypedDocumentNode<Result, Variables>,
  mapping: ByteStreamMapping<Path, Result, Variables>,
): Row<Reply> => ({
  method,
  path,
  kind: 'byte-stream',
  document,
  when: mapping.when,
  bodyLimit: undefined,
  async serve({ request: untyped, response, context, options }) {
    const request = untyped as ApiRequest<PathParams<Path>>;
    const variables = mapping.vars?.(request) ?? ({} as Variables);
    const result = await askGraph(options.graph, document, variables, context);
    await send(await mapping.source(result, request), response, context.signal);
  },
});

/** @throws what the stream breaks with before its first byte; later breaks can only cut the answer off. */
async function send(
  { status, headers, stream }: ByteSource,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  try {
    await firstByte(stream);
  } catch (error) {
    stream.destroy();
    throw error;
  }
  response.writeHead(status, headers.flat());
  await pipeline(stream, response, { signal });
}

async function firstByte(stream: Readable): Promise<void> {
  if (stream.readableLength > 0) return;
  await Promise.race([
    new Promise((resolve) => stream.once('readable', resolve)),
    finished(stream, { writable: false }),
  ]);
}
