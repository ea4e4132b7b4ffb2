import type { SubgraphHealth } from '@pentagraph/kit';
import { type ExecutionResult, print } from 'graphql';
import { Agent, type Dispatcher } from 'undici';
import type { SubgraphTransport } from '../transport.ts';
import { callerHeaders } from './caller-headers.ts';
import { parseResult, unavailable } from './remote-result.ts';
import { RemoteSubscriptions } from './remote-subscriptions.ts';

export interface RemoteOptions {
  /** How long a subgraph may take to answer a query or a mutation, milliseconds. Default 30,000. */
  readonly timeoutMs?: number;
  /** How long it may take to connect, and to answer the health probe, milliseconds. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** The largest answer that is read, bytes. Default 64 MiB. */
  readonly maxResponseBytes?: number;
  /** Fields, of any subgraph, whose subscriptions may be shared between equal subscribers. Default: none. */
  readonly sharedSubscriptions?: readonly string[];
}

export interface RemoteSubgraph extends RemoteOptions {
  readonly name: string;
  /** Its routing URL: HTTP POST for queries and mutations, graphql-ws for subscriptions. */
  readonly url: string;
}

/** Answers to the health probe are remembered that long, milliseconds. */
const HEALTH_TTL_MS = 1000;

/**
 * Reaches a subgraph that runs elsewhere: queries over HTTP, subscriptions over graphql-ws at the same URL.
 * @throws Error when its address is no URL.
 */
export function remoteTransport(subgraph: RemoteSubgraph): SubgraphTransport {
  const { name, timeoutMs = 30_000, connectTimeoutMs = 5_000, maxResponseBytes = 64 * 2 ** 20 } = subgraph;
  if (!URL.canParse(subgraph.url)) {
    throw new Error(`The supergraph has no usable address for the subgraph '${name}': '${subgraph.url}' is not a URL.`);
  }
  const url = new URL(subgraph.url);
  const agent = new Agent({ connect: { timeout: connectTimeoutMs }, maxResponseSize: maxResponseBytes });
  const subscriptions = new RemoteSubscriptions({ name, url, connectTimeoutMs });
  let probe: { readonly health: Promise<SubgraphHealth>; readonly untilMs: number } | undefined;

  async function post(body: string, headers: Record<string, string>, signal?: AbortSignal): Promise<ExecutionResult> {
    const answer = await agent.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: ACCEPT, ...headers },
      body,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      ...(signal && { signal }),
    });
    return resultOf(answer);
  }

  return {
    name,
    kind: 'remote',
    sharedSubscriptions: subgraph.sharedSubscriptions ?? [],

    async execute({ document, query, operationName, variables, context }) {
      const body = JSON.stringify({ query: query ?? print(document), operationName, variables });
      try {
        // The request id joins the logs of both processes.
        const headers = { 'x-request-id': context.requestId, ...callerHeaders(context) };
        return await post(body, headers, context.signal);
      } catch (error) {
        context.logger.warn({ err: error, subgraph: name, requestId: context.requestId }, 'A subgraph gave no answer');
        return { errors: [unavailable(name)] };
      }
    },

    subscribe: (request) => subscriptions.subscribe(request),

    health() {
      const nowMs = performance.now();
      if (!probe || probe.untilMs < nowMs) {
        const inTime = AbortSignal.timeout(connectTimeoutMs);
        const health = post('{"query":"{__typename}"}', {}, inTime).then(
          ({ data }): SubgraphHealth =>
            data ? { state: 'serving' } : { state: 'degraded', reason: 'It answers errors.' },
          (error): SubgraphHealth => ({
            state: 'degraded',
            reason: inTime.aborted ? `No answer within ${connectTimeoutMs} ms.` : reasonOf(error),
          }),
        );
        probe = { health, untilMs: nowMs + HEALTH_TTL_MS };
      }
      return probe.health;
    },
    gauges: () => [],
    close: async () => {
      await subscriptions.close();
      await agent.close();
    },
  };
}

const ACCEPT = 'application/graphql-response+json, application/json;q=0.9';

/** @throws Error when the answer is not a GraphQL result. */
async function resultOf({ statusCode, body }: Dispatcher.ResponseData): Promise<ExecutionResult> {
  const text = await body.text();
  const result = parseResult(text);
  if (!result) throw new Error(`HTTP status ${statusCode} without a GraphQL result: ${text.slice(0, 200)}`);
  return result;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message || error.name : String(error));
