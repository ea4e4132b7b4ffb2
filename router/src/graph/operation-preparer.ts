import type { QueryPlan } from '@apollo/query-planner';
import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql';
import type { DirectExecution } from './direct-execution.ts';
import { type GraphErrorCode, graphError, withCode } from './errors.ts';
import { PlanCache } from './plan-cache.ts';
import type { Variables } from './transport.ts';

/** An operation of a document. */
export interface ResolvedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | undefined;
}

/** An operation that is parsed, valid and planned. */
export interface PreparedOperation extends ResolvedOperation {
  readonly plan: QueryPlan;
  /** Where the plan need not be interpreted. */
  readonly direct: DirectExecution | undefined;
}

/** Why an operation can't be run. */
export interface RefusedOperation {
  readonly errors: readonly GraphQLError[];
}

interface OperationPreparerOptions {
  /** What documents are validated against. */
  readonly schema: GraphQLSchema;
  /** How many operations that came as text are remembered. */
  readonly cacheSize: number;
  /** Plans a valid operation. @throws GraphQLError when it can't be planned. */
  readonly plan: (operation: ResolvedOperation) => PreparedOperation;
}

/** How many mistakes in variables are told at once. */
const MAX_VARIABLE_ERRORS = 10;

/** Parses, validates and plans operations, each of them once. */
export class OperationPreparer {
  readonly #options: OperationPreparerOptions;
  readonly #byText: PlanCache<PreparedOperation>;
  readonly #byDocument = new WeakMap<DocumentNode, Map<string | undefined, PreparedOperation>>();
  #hits = 0;
  #misses = 0;

  constructor(options: OperationPreparerOptions) {
    this.#options = options;
    this.#byText = new PlanCache(options.cacheSize);
  }

  /** Since the start; `size` counts operations that came as text. */
  get cacheStats(): { readonly hits: number; readonly misses: number; readonly size: number } {
    return { hits: this.#hits, misses: this.#misses, size: this.#byText.size };
  }

  /** The operation, ready to run with these variables. */
  prepare(
    query: string | DocumentNode,
    operationName: string | undefined,
    variables: Variables,
  ): PreparedOperation | RefusedOperation {
    const prepared = this.#lookup(query, operationName) ?? this.#prepare(query, operationName);
    if ('errors' in prepared) return prepared;
    const definitions = prepared.operation.variableDefinitions ?? [];
    if (definitions.length === 0) return prepared;
    const { errors } = getVariableValues(this.#options.schema, definitions, variables, {
      maxErrors: MAX_VARIABLE_ERRORS,
    });
    return errors ? { errors: errors.map((error) => withCode('BAD_USER_INPUT', error)) } : prepared;
  }

  #lookup(query: string | DocumentNode, operationName: string | undefined): PreparedOperation | undefined {
    const known =
      typeof query === 'string'
        ? this.#byText.get(cacheKey(query, operationName))
        : this.#byDocument.get(query)?.get(operationName);
    if (known) this.#hits++;
    else this.#misses++;
    return known;
  }

  #remember(query: string | DocumentNode, prepared: PreparedOperation): void {
    if (typeof query === 'string') {
      this.#byText.set(cacheKey(query, prepared.operationName), prepared);
      return;
    }
    const operations = this.#byDocument.get(query) ?? new Map();
    this.#byDocument.set(query, operations.set(prepared.operationName, prepared));
  }

  #prepare(query: string | DocumentNode, operationName: string | undefined): PreparedOperation | RefusedOperation {
    const document = typeof query === 'string' ? refusable('GRAPHQL_PARSE_FAILED', () => parse(query)) : query;
    if ('errors' in document) return document;
    const invalid = validate(this.#options.schema, document);
    if (invalid.length > 0) return { errors: invalid.map((error) => withCode('GRAPHQL_VALIDATION_FAILED', error)) };
    const operation = getOperationAST(document, operationName);
    if (!operation) return { errors: [graphError('OPERATION_RESOLUTION_FAILURE', unresolved(operationName))] };
    // The planner refuses what validation can't see, e.g. selections that recurse too far.
    const prepared = refusable('GRAPHQL_VALIDATION_FAILED', () =>
      this.#options.plan({ document, operation, operationName }),
    );
    if (!('errors' in prepared)) this.#remember(query, prepared);
    return prepared;
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

const unresolved = (operationName: string | undefined): string =>
  operationName
    ? `Unknown operation named "${operationName}".`
    : 'Must provide operation name if query contains multiple operations.';
