import { operationFromDocument, type Schema, Supergraph } from '@apollo/federation-internals';
import { type QueryPlan, QueryPlanner } from '@apollo/query-planner';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import { type DirectExecution, directSubgraph } from './direct-execution.ts';
import { type GraphErrorCode, graphError, withCode } from './errors.ts';
import { PlanCache } from './plan-cache.ts';
import type { Transports } from './transport.ts';

/** An operation that is parsed, valid and planned. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
  readonly plan: QueryPlan;
  /** Where the plan need not be interpreted. */
  readonly direct: DirectExecution | undefined;
}

/** Why an operation can't be run. */
export interface RefusedOperation {
  readonly errors: readonly GraphQLError[];
}

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

interface PlannerOptions {
  readonly schemas: SupergraphSchemas;
  readonly transports: Transports;
  /** How many plans of operations that came as text are kept. */
  readonly cacheSize: number;
}

/** Parses, validates and plans operations, each of them once. */
export class Planner {
  readonly #schemas: SupergraphSchemas;
  readonly #transports: Transports;
  readonly #queryPlanner: QueryPlanner;
  readonly #byText: PlanCache<PreparedOperation>;
  readonly #byDocument = new WeakMap<DocumentNode, Map<string | undefined, PreparedOperation>>();
  #hits = 0;
  #misses = 0;

  constructor({ schemas, transports, cacheSize }: PlannerOptions) {
    this.#schemas = schemas;
    this.#transports = transports;
    this.#queryPlanner = new QueryPlanner(schemas.supergraph, { exposeDocumentNodeInFetchNode: true });
    this.#byText = new PlanCache(cacheSize);
  }

  /** Since the start; `size` counts plans of operations that came as text. */
  get cacheStats(): { readonly hits: number; readonly misses: number; readonly size: number } {
    return { hits: this.#hits, misses: this.#misses, size: this.#byText.size };
  }

  prepare(query: string | DocumentNode, operationName?: string): PreparedOperation | RefusedOperation {
    const known = this.#lookup(query, operationName);
    if (known) {
      this.#hits++;
      return known;
    }
    this.#misses++;
    const prepared = this.#prepare(query, operationName);
    if (!('errors' in prepared)) this.#remember(query, operationName, prepared);
    return prepared;
  }

  #lookup(query: string | DocumentNode, operationName?: string): PreparedOperation | undefined {
    return typeof query === 'string'
      ? this.#byText.get(cacheKey(query, operationName))
      : this.#byDocument.get(query)?.get(operationName);
  }

  #remember(query: string | DocumentNode, operationName: string | undefined, prepared: PreparedOperation): void {
    if (typeof query === 'string') {
      this.#byText.set(cacheKey(query, operationName), prepared);
      return;
    }
    const plans = this.#byDocument.get(query) ?? new Map();
    this.#byDocument.set(query, plans.set(operationName, prepared));
  }

  #prepare(query: string | DocumentNode, operationName?: string): PreparedOperation | RefusedOperation {
    const document = typeof query === 'string' ? refusable('GRAPHQL_PARSE_FAILED', () => parse(query)) : query;
    if ('errors' in document) return document;
    const invalid = validate(this.#schemas.apiSchema, document);
    if (invalid.length > 0) return { errors: invalid.map((error) => withCode('GRAPHQL_VALIDATION_FAILED', error)) };
    const operation = getOperationAST(document, operationName);
    if (!operation) return { errors: [graphError('OPERATION_RESOLUTION_FAILURE', unresolved(operationName))] };
    // The planner refuses what validation can't see, e.g. selections that recurse too far.
    return refusable('GRAPHQL_VALIDATION_FAILED', () => this.#plan(document, operation, operationName));
  }

  #plan(document: DocumentNode, operation: OperationDefinitionNode, operationName?: string): PreparedOperation {
    const { supergraphSdl, plannerSchema } = this.#schemas;
    const plan = this.#queryPlanner.buildQueryPlan(
      operationFromDocument(plannerSchema, document, operationName ? { operationName } : {}),
    );
    const direct = directSubgraph({ plan, document, operation, supergraphSdl, transports: this.#transports });
    return { document, operation, operationName, plan, direct };
  }
}

function refusable<Result>(code: GraphErrorCode, step: () => Result): Result | RefusedOperation {
  try {
    return step();
  } catch (error) {
    if (error instanceof GraphQLError) return { errors: [withCode(code, error)] };
    throw error;
  }
}

const cacheKey = (text: string, operationName = ''): string => `${operationName}\n${text}`;

const unresolved = (operationName?: string): string =>
  operationName
    ? `Unknown operation named "${operationName}".`
    : 'Must provide operation name if query contains multiple operations.';
