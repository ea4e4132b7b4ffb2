import type { FetchNode } from '@apollo/query-planner';
import type { Context } from '@pentagraph/kit';
import { type ExecutionResult, parse } from 'graphql';
import { graphError } from './errors.ts';
import { EventStream } from './event-stream.ts';
import type { PlanExecutor } from './plan-executor.ts';
import type { PreparedOperation } from './planner.ts';
import { isStream, type SubgraphRequest, type Transports, type Variables } from './transport.ts';

/** The results of a subscription, or the one result that says why it can't begin. */
export type Subscribed = EventStream | ExecutionResult;

interface SubscriptionEnvironment {
  readonly transports: Transports;
  readonly executor: PlanExecutor;
}

/**
 * Runs a federated subscription: the plan's primary fetch subscribes in the subgraph that owns the field; for each of its
 * events the rest of the plan fetches the fields of other subgraphs. Where the subgraph can answer the whole document, its
 * events are the results.
 */
export async function startSubscription(
  operation: PreparedOperation,
  variables: Variables,
  context: Context,
  { transports, executor }: SubscriptionEnvironment,
): Promise<Subscribed> {
  const { node } = operation.plan;
  if (node?.kind !== 'Subscription') {
    return { errors: [graphError('OPERATION_RESOLUTION_FAILURE', 'The operation is not a subscription.')] };
  }
  const { primary } = node;
  const transport = transports.get(primary.serviceName);
  if (!transport) return { errors: [graphError('SUBGRAPH_UNAVAILABLE', `No subgraph '${primary.serviceName}'.`)] };

  const lifetime = new AbortController();
  const own: Context = { ...context, signal: lifetime.signal };
  const stopWithCaller = () => lifetime.abort(context.signal.reason);
  if (context.signal.aborted) stopWithCaller();
  else context.signal.addEventListener('abort', stopWithCaller, { once: true });
  const release = () => {
    context.signal.removeEventListener('abort', stopWithCaller);
    lifetime.abort();
  };

  /** An event without data has nothing to fetch more fields for. */
  const completed = async (event: ExecutionResult) =>
    event.data ? executor.complete(operation, event, variables, own) : event;

  const source = await transport.subscribe(
    operation.direct
      ? { document: operation.direct.document, operationName: operation.operationName, variables, context: own }
      : primaryRequest(primary, variables, own),
  );
  if (!isStream(source)) {
    release();
    return source;
  }
  return new EventStream({
    source,
    signal: lifetime.signal,
    context: own,
    complete: operation.direct ? undefined : completed,
  }).whenEnded(release);
}

/** The primary fetch with those variables it uses. */
function primaryRequest(primary: FetchNode, variables: Variables, context: Context): SubgraphRequest {
  const used = (primary.variableUsages ?? []).filter((name) => variables[name] !== undefined);
  return {
    document: primary.operationDocumentNode ?? parse(primary.operation),
    query: primary.operation,
    operationName: primary.operationName,
    variables: Object.fromEntries(used.map((name) => [name, variables[name]])),
    context,
  };
}
