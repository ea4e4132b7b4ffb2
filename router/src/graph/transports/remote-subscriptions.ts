import { type ExecutionResult, GraphQLError, print } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { type ClientOptions, WebSocket } from 'ws';
import type { CallerContext, SubgraphRequest } from '../transport.ts';
import { callerHeaders } from './caller-headers.ts';
import { reviveError, reviveResult, unavailable } from './remote-result.ts';

interface RemoteSubscriptionsOptions {
  readonly name: string;
  readonly url: URL;
  readonly connectTimeoutMs: number;
}

/** A connection without subscriptions is kept that long, milliseconds. */
const IDLE_CONNECTION_MS = 5_000;
/** Silence that long, milliseconds, is asked about with a ping. */
const KEEP_ALIVE_MS = 15_000;

/**
 * Subscriptions to one remote subgraph over graphql-ws: callers with the same headers share a connection. A connection that
 * breaks ends its subscriptions with `SUBGRAPH_UNAVAILABLE`: what happened meanwhile would be missing, so the reader decides.
 */
export class RemoteSubscriptions {
  readonly #options: RemoteSubscriptionsOptions;
  readonly #clients = new Map<string, Client>();

  constructor(options: RemoteSubscriptionsOptions) {
    this.#options = options;
  }

  async subscribe(request: SubgraphRequest): Promise<AsyncIterableIterator<ExecutionResult>> {
    const { document, query, operationName, variables, context } = request;
    const source = this.#client(context).iterate({
      query: query ?? print(document),
      operationName: operationName ?? null,
      variables: { ...variables },
      extensions: { requestId: context.requestId },
    });
    return this.#results(source, request);
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#clients.values(), (client) => client.dispose()));
    this.#clients.clear();
  }

  #client(caller: CallerContext): Client {
    const headers = callerHeaders(caller);
    const key = JSON.stringify(headers);
    const known = this.#clients.get(key);
    if (known) return known;
    const { url, connectTimeoutMs } = this.#options;
    const client = createClient({
      url: url.href.replace(/^http/, 'ws'),
      webSocketImpl: webSocketWith({ headers, handshakeTimeout: connectTimeoutMs }),
      // Servers look for credentials here or in the headers.
      connectionParams: caller.authorization === undefined ? {} : { authorization: caller.authorization },
      connectionAckWaitTimeout: connectTimeoutMs,
      lazyCloseTimeout: IDLE_CONNECTION_MS,
      keepAlive: KEEP_ALIVE_MS,
      retryAttempts: 0,
      on: { closed: () => this.#clients.delete(key) },
      // Every subscription is told of the end of its connection by its own iterator.
      onNonLazyError: () => {},
    });
    this.#clients.set(key, client);
    return client;
  }

  #results(
    source: AsyncIterableIterator<unknown>,
    { context }: SubgraphRequest,
  ): AsyncIterableIterator<ExecutionResult> {
    const { name } = this.#options;
    let failed = false;
    return {
      async next() {
        if (failed) return { value: undefined, done: true };
        try {
          const step = await source.next();
          if (step.done) return { value: undefined, done: true };
          return { value: reviveResult(step.value) ?? { errors: [unavailable(name)] }, done: false };
        } catch (error) {
          failed = true;
          if (isRefusal(error)) return { value: { errors: error.map(reviveError) }, done: false };
          context.logger.warn({ err: error, subgraph: name, requestId: context.requestId }, 'A subscription broke');
          return { value: { errors: [unavailable(name)] }, done: false };
        }
      },
      async return() {
        await source.return?.();
        return { value: undefined, done: true };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }
}

/** The protocol's client opens sockets by address and protocol only. */
const webSocketWith = (options: ClientOptions) =>
  class extends WebSocket {
    constructor(address: string | URL, protocols?: string | string[]) {
      super(address, protocols, options);
    }
  };

/** The protocol's `error` message arrives as its list of errors; a broken connection as anything else. */
const isRefusal = (error: unknown): error is readonly GraphQLError[] =>
  Array.isArray(error) && error.every((entry) => entry instanceof GraphQLError);
