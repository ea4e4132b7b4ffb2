import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Graph } from '@pentagraph/router';
import type { ExecutionResult } from 'graphql';
import type { Header } from './answer.ts';
import type { ApiRequest } from './api-request.ts';
import { linkSignals } from './linked-signal.ts';
import { dataOf } from './operation.ts';
import type { PathParams } from './path-pattern.ts';
import type { Exchange, Row, RowOptions, VariablesOf } from './route.ts';

/** How a row turns the events of a subscription into the text of an endless answer. */
export type EventStreamMapping<Path extends string, Result, Variables> = RowOptions &
  VariablesOf<PathParams<Path>, Variables> & {
    readonly headers: readonly Header[];
    /** Sent when the subscription stands; empty for nothing. */
    readonly opening: string;
    /** The text of an event; asked once per event, however many watch. */
    readonly frame: (event: Result) => string;
    /** Whether the stream is over after this event. */
    readonly isLast: (event: Result) => boolean;
    /** Sent before the stream is closed, for whatever reason it is. */
    readonly closing: string;
  };

interface Frame {
  readonly bytes: Buffer;
  readonly last: boolean;
}

/** A row that answers with the events of a subscription for as long as the client listens. */
export function eventStream<const Path extends string, Result, Variables, Reply>(
  path: Path,
  document: TypedDocumentNode<Result, Variables>,
  mapping: EventStreamMapping<Path, Result, Variables>,
): Row<Reply> {
  const frames = new WeakMap<ExecutionResult, Frame>();
  const frameOf = (result: ExecutionResult): Frame => {
    const known = frames.get(result);
    if (known) return known;
    const event = dataOf<Result>(result);
    const frame = { bytes: Buffer.from(mapping.frame(event), 'utf8'), last: mapping.isLast(event) };
    frames.set(result, frame);
    return frame;
  };
  return {
    method: 'GET',
    path,
    kind: 'event-stream',
    document,
    when: mapping.when,
    bodyLimit: undefined,
    async serve(exchange) {
      const variables = mapping.vars?.(exchange.request as ApiRequest<PathParams<Path>>) ?? ({} as Variables);
      const over = linkSignals(exchange.context.signal, exchange.options.draining);
      try {
        const events = await begin(
          exchange,
          { query: document, variables: variables as Record<string, unknown> },
          over,
        );
        exchange.response.writeHead(200, mapping.headers.flat());
        await relay(events, frameOf, mapping.opening, exchange, over.signal);
        close(exchange.response, mapping.closing);
      } finally {
        over.release();
      }
    },
  };
}

async function begin(
  { context, options }: Exchange,
  operation: Omit<Parameters<Graph['subscribe']>[0], 'context'>,
  { signal }: { readonly signal: AbortSignal },
): Promise<AsyncIterableIterator<ExecutionResult>> {
  const answer = await options.graph.subscribe({ ...operation, context: { ...context, signal } });
  if (Symbol.asyncIterator in answer) return answer;
  dataOf(answer);
  throw new Error('The graph answered a subscription with one result and no error.');
}

/** Hands events on until there are no more. A break on the way is logged and ends the stream like its regular end. */
async function relay(
  events: AsyncIterableIterator<ExecutionResult>,
  frameOf: (result: ExecutionResult) => Frame,
  opening: string,
  { response, context }: Exchange,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (opening !== '') await write(response, opening, signal);
    for await (const result of events) {
      const { bytes, last } = frameOf(result);
      await write(response, bytes, signal);
      if (last || signal.aborted) break;
    }
  } catch (error) {
    if (!signal.aborted) context.logger.warn({ err: error, requestId: context.requestId }, 'event stream broke off');
  }
}

/** Writes, and waits while the client reads slower than events come: the source's bounded buffer fills meanwhile. */
async function write(response: ServerResponse, chunk: string | Buffer, signal: AbortSignal): Promise<void> {
  if (response.destroyed || response.write(chunk)) return;
  await once(response, 'drain', { signal });
}

function close(response: ServerResponse, closing: string): void {
  if (response.writableNeedDrain) response.destroy();
  else response.end(closing);
}
