import type { QueryPlan } from '@apollo/query-planner';
import {
  BREAK,
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  separateOperations,
  validate,
  visit,
} from 'graphql';
import type { Transports } from './transport.ts';

interface DirectCandidate {
  readonly plan: QueryPlan;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly supergraphSdl: string;
  readonly transports: Transports;
}

/** The document and the one subgraph that can answer it as it stands. */
export interface DirectExecution {
  readonly subgraph: string;
  readonly document: DocumentNode;
}

/**
 * Finds the subgraph that can answer the caller's document as it stands, so that the plan needs no interpreter and the answer
 * no second shaping. That gives the same answer as the plan when all of this holds:
 *
 * - the plan is one root fetch without requirements and rewrites, so every field comes from that subgraph;
 * - the subgraph runs in this process and its own schema accepts the document, so graphql-js answers it by the specification;
 * - the supergraph hides nothing (`@inaccessible`) and has no interface objects, so the subgraph's types are the clients' types, named alike;
 * - the document does not ask for the schema, which the subgraph would answer with its own.
 */
export function directSubgraph(candidate: DirectCandidate): DirectExecution | undefined {
  const fetch = onlyFetch(candidate.plan);
  if (!fetch || fetch.requires || fetch.inputRewrites || fetch.outputRewrites || fetch.contextRewrites)
    return undefined;
  const schema = candidate.transports.get(fetch.serviceName)?.schema;
  if (!schema || !namesRootLikeClients(schema, candidate.operation)) return undefined;
  const document = onlyOperation(candidate.document, candidate.operation);
  if (hidesOrRenames(candidate.supergraphSdl) || asksForSchema(document)) return undefined;
  return validate(schema, document).length === 0 ? { subgraph: fetch.serviceName, document } : undefined;
}

function onlyFetch({ node }: QueryPlan) {
  if (node?.kind === 'Fetch') return node;
  return node?.kind === 'Subscription' && !node.rest ? node.primary : undefined;
}

const hidesOrRenames = (supergraphSdl: string): boolean =>
  /@inaccessible\b|isInterfaceObject: true/.test(supergraphSdl);

function asksForSchema(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    Field({ name }) {
      if (name.value !== '__schema' && name.value !== '__type') return undefined;
      found = true;
      return BREAK;
    },
  });
  return found;
}

/** `Query`, `Mutation` and `Subscription` are what clients see, whatever a subgraph calls them. */
const namesRootLikeClients = (schema: GraphQLSchema, { operation }: OperationDefinitionNode): boolean =>
  schema.getRootType(operation)?.name.toLowerCase() === operation;

/** The document without its other operations, which the subgraph may not know. */
function onlyOperation(document: DocumentNode, operation: OperationDefinitionNode): DocumentNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 1) return document;
  return separateOperations(document)[operation.name?.value ?? ''] ?? document;
}
