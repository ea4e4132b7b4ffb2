import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Context } from '@pentagraph/kit';
import type { ApiMountOptions } from '@pentagraph/router';
import type { DocumentNode } from 'graphql';
import type { Answer } from './answer.ts';
import type { ApiRequest } from './api-request.ts';
import type { Failure } from './failure.ts';

/** One request on its way through a route. */
export interface Exchange {
  readonly request: ApiRequest;
  readonly incoming: IncomingMessage;
  readonly response: ServerResponse;
  readonly context: Context;
  readonly options: ApiMountOptions;
}

/** How an API dresses what it answers. */
export interface Envelope<Reply> {
  ok(reply: Reply, request: ApiRequest): Answer;
  failed(failure: Failure, request: ApiRequest): Answer;
}

export type RouteKind = 'json' | 'event-stream' | 'byte-stream' | 'upload' | 'fixed';

interface RouteFacts {
  readonly method: string;
  readonly path: string;
  readonly kind: RouteKind;
  /** The operation of the graph that answers; none for a fixed answer. */
  readonly document: DocumentNode | undefined;
  /** For rows that share method and path: whether this one takes the request; the first that does, answers. */
  readonly when: ((request: ApiRequest) => boolean) | undefined;
  /** Most bytes of the body; undefined when the row reads none, or reads it by itself. */
  readonly bodyLimit: number | undefined;
}

/** A row of a table, before the API's envelope is put around its answers. */
export interface Row<Reply> extends RouteFacts {
  serve(exchange: Exchange, envelope: Envelope<Reply>): Promise<void>;
}

/** A row that can answer. */
export interface Route extends RouteFacts {
  serve(exchange: Exchange): Promise<void>;
  failed(failure: Failure, request: ApiRequest): Answer;
}

/** Puts an API's envelope around rows. */
export const routes = <Reply>(envelope: Envelope<Reply>, rows: readonly Row<Reply>[]): readonly Route[] =>
  rows.map((row) => ({
    ...row,
    serve: (exchange) => row.serve(exchange, envelope),
    failed: (failure, request) => envelope.failed(failure, request),
  }));

/** What rows of every kind may say. */
export interface RowOptions {
  readonly when?: (request: ApiRequest) => boolean;
}

/** How a row of an operation makes its variables; needed only when the operation has some. */
export type VariablesOf<Params, Variables> =
  Record<never, never> extends Variables
    ? { readonly vars?: (request: ApiRequest<Params>) => Variables }
    : { readonly vars: (request: ApiRequest<Params>) => Variables };
