import type { Context } from '@pentagraph/kit';
import type { ExecutionResult } from 'graphql';
import type { PreparedOperation } from './operation-preparer.ts';
import type { Variables } from './transport.ts';

/**
 * Runs a plan against the subgraphs. Replaceable: every implementation must give the same answers.
 * Never rejects: what goes wrong is in `errors`, each with `extensions.code`.
 */
export interface PlanExecutor {
  /** Runs the plan of a query or a mutation. */
  execute(operation: PreparedOperation, variables: Variables, context: Context): Promise<ExecutionResult>;
  /**
   * Makes a subscription's result of an event: `event` is what the plan's primary fetch delivered, the rest of the plan
   * fetches the fields of other subgraphs.
   */
  complete(
    operation: PreparedOperation,
    event: ExecutionResult,
    variables: Variables,
    context: Context,
  ): Promise<ExecutionResult>;
}
