import { operationFromDocument, type Schema, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { directSubgraph } from './direct-execution.ts';
import type { PreparedOperation, ResolvedOperation } from './operation-preparer.ts';
import type { Transports } from './transport.ts';

/** A supergraph in the forms that planning and execution need. */
export interface SupergraphSchemas {
  readonly supergraph: Supergraph;
  readonly supergraphSdl: string;
  /** With the federation machinery. */
  readonly internalSchema: GraphQLSchema;
  /** What clients see, in the planner's own form. */
  readonly plannerSchema: Schema;
  /** What clients see. */
  readonly apiSchema: GraphQLSchema;
}

/** @throws GraphQLError when the text is not a valid supergraph. */
export function supergraphSchemas(supergraphSdl: string): SupergraphSchemas {
  const supergraph = Supergraph.build(supergraphSdl);
  const plannerSchema = supergraph.apiSchema();
  return {
    supergraph,
    supergraphSdl,
    plannerSchema,
    internalSchema: supergraph.schema.toGraphQLJSSchema(),
    apiSchema: plannerSchema.toGraphQLJSSchema(),
  };
}

/** Plans which subgraphs answer which part of an operation, in which order. */
export function federatedPlanner(
  { supergraph, supergraphSdl, plannerSchema }: SupergraphSchemas,
  transports: Transports,
) {
  const planner = new QueryPlanner(supergraph, { exposeDocumentNodeInFetchNode: true });

  return (resolved: ResolvedOperation): PreparedOperation => {
    const { document, operation, operationName } = resolved;
    const plan = planner.buildQueryPlan(
      operationFromDocument(plannerSchema, document, operationName ? { operationName } : {}),
    );
    return { ...resolved, plan, direct: directSubgraph({ plan, document, operation, supergraphSdl, transports }) };
  };
}
