import type { Subgraph } from '@pentagraph/kit';
import { createSubgraphGraph } from '../graph/create-graph.ts';
import { createServer } from './create-server.ts';
import type { GraphServer, ServerOptions } from './server-options.ts';

export interface SubgraphServerOptions
  extends Pick<ServerOptions, 'logger' | 'listen' | 'beforeListen' | 'webSocket' | 'insecure' | 'drainMs' | 'clock'> {}

/** A router asks for what its clients asked it, and batches: the limits for clients are its business. */
const routerLimits = {
  tokens: Number.POSITIVE_INFINITY,
  // What a router asks is never much deeper than what it was asked, and no stack is endless.
  nesting: 400,
  fragments: Number.POSITIVE_INFINITY,
  directives: Number.POSITIVE_INFINITY,
  aliases: Number.POSITIVE_INFINITY,
  depth: Number.POSITIVE_INFINITY,
  cost: Number.POSITIVE_INFINITY,
  bodyBytes: 64 * 2 ** 20,
} as const;

/**
 * Makes the server of one subgraph for a router elsewhere: GraphQL over HTTP and graphql-ws with `_service` and `_entities`,
 * and the operators' paths. Starting and stopping the subgraph stays with the caller.
 */
export function createSubgraphServer(subgraph: Subgraph, options: SubgraphServerOptions): GraphServer {
  return createServer({
    ...options,
    graph: createSubgraphGraph(subgraph),
    limits: routerLimits,
    playground: false,
    stagingDir: '',
  });
}
