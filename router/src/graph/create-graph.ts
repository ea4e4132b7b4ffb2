import type { Subgraph } from '@pentagraph/kit';
import { print } from 'graphql';
import { borrowScalars } from './borrow-scalars.ts';
import { composeSupergraph } from './compose.ts';
import { FederatedGraph } from './federated-graph.ts';
import { lazyExecutor } from './lazy-executor.ts';
import { OperationPreparer } from './operation-preparer.ts';
import type { PlanExecutor } from './plan-executor.ts';
import { federatedPlanner, type SupergraphSchemas, supergraphSchemas } from './planner.ts';
import type { RunningGraph } from './running-graph.ts';
import type { SubgraphTransport, Transports } from './transport.ts';
import { localTransport } from './transports/local.ts';
import { type RemoteOptions, remoteTransport } from './transports/remote.ts';

/** Where a graph comes from. */
export type GraphSource =
  /** Subgraphs of this process, composed here. Starting and stopping them stays with the caller. */
  | { readonly subgraphs: readonly Subgraph[] }
  /** A supergraph whose subgraphs run elsewhere, at the routing URLs it names. */
  | { readonly supergraphSdl: string };

export interface GraphOptions {
  /** How many plans are kept. Default 1000. */
  readonly planCacheSize?: number;
  /** How remote subgraphs are reached. */
  readonly remote?: RemoteOptions;
  /** What runs the plans. Default: the interpreter of `@apollo/gateway`. */
  readonly executor?: (schemas: SupergraphSchemas, transports: Transports) => PlanExecutor;
}

/**
 * Makes a graph that answers operations.
 * @throws CompositionError when subgraphs contradict each other; GraphQLError when the supergraph text is invalid.
 */
export function createGraph(source: GraphSource, options: GraphOptions = {}): RunningGraph {
  const schemas = supergraphSchemas(
    'subgraphs' in source ? composeSupergraph(source.subgraphs).supergraphSdl : source.supergraphSdl,
  );
  const transports = transportsOf(source, schemas, options.remote);
  borrowScalars(schemas.apiSchema, transports);
  const operations = new OperationPreparer({
    schema: schemas.apiSchema,
    cacheSize: options.planCacheSize ?? 1000,
    plan: federatedPlanner(schemas, transports),
  });
  const executor = options.executor?.(schemas, transports) ?? lazyExecutor(() => interpreter(schemas, transports));
  return new FederatedGraph({ ...schemas, transports, operations, executor });
}

/**
 * Makes a graph of one subgraph as it stands, with `_service` and `_entities`: what a router elsewhere asks.
 */
export function createSubgraphGraph(
  subgraph: Subgraph,
  { planCacheSize = 1000 }: Pick<GraphOptions, 'planCacheSize'> = {},
): RunningGraph {
  const transport = localTransport(subgraph);
  const { name, schema } = transport;
  const operations = new OperationPreparer({
    schema,
    cacheSize: planCacheSize,
    plan: (resolved) => ({
      ...resolved,
      plan: { kind: 'QueryPlan' },
      direct: { subgraph: name, document: resolved.document },
    }),
  });
  return new FederatedGraph({
    apiSchema: schema,
    supergraphSdl: print(subgraph.typeDefs),
    transports: new Map([[name, transport]]),
    operations,
  });
}

async function interpreter(schemas: SupergraphSchemas, transports: Transports): Promise<PlanExecutor> {
  const { gatewayExecutor } = await import('./gateway-executor.ts');
  return gatewayExecutor(schemas, transports);
}

function transportsOf(source: GraphSource, { supergraph }: SupergraphSchemas, remote?: RemoteOptions): Transports {
  const transports: SubgraphTransport[] =
    'subgraphs' in source
      ? source.subgraphs.map(localTransport)
      : supergraph.subgraphsMetadata().map(({ name, url }) => remoteTransport({ name, url, ...remote }));
  return new Map(transports.map((transport) => [transport.name, transport]));
}
