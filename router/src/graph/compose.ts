import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import type { DocumentNode, GraphQLSchema } from 'graphql';

/** A subgraph's contribution to the supergraph. */
export interface SubgraphDefinition {
  readonly name: string;
  readonly typeDefs: DocumentNode;
  /** Where a router reaches it (`http://host:port/graphql`); not needed for subgraphs of the same process. */
  readonly url?: string | undefined;
}

export interface ComposedGraph {
  readonly supergraphSdl: string;
  /** What clients see: no federation machinery in it. */
  readonly apiSchema: GraphQLSchema;
}

/** The subgraphs contradict each other; the message lists every contradiction. */
export class CompositionError extends Error {
  override readonly name = 'CompositionError';
  /** One sentence per contradiction, each with its code, e.g. `[FIELD_TYPE_MISMATCH] ...`. */
  readonly problems: readonly string[];

  constructor(names: readonly string[], problems: readonly string[]) {
    super(`The subgraphs ${names.join(', ')} can't be composed:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.problems = problems;
  }
}

/**
 * Makes one supergraph of several subgraphs.
 * @throws CompositionError when they contradict each other.
 */
export function composeSupergraph(services: readonly SubgraphDefinition[]): ComposedGraph {
  const result = composeServices(services.map(({ name, typeDefs, url = '' }) => ({ name, typeDefs, url })));
  if (result.errors) {
    const problems = result.errors.map((error) => `[${error.extensions.code ?? 'INVALID_GRAPHQL'}] ${error.message}`);
    throw new CompositionError(
      services.map((service) => service.name),
      problems,
    );
  }
  const { supergraphSdl } = result;
  return { supergraphSdl, apiSchema: Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema() };
}
