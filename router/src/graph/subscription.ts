import type { FetchNode, QueryPlan } from '@apollo/query-planner';
import type { Context } from '@pentagraph/kit';
import { type ExecutionResult, OperationTypeNode, parse } from 'graphql';
import { graphError } from './errors.ts';
import { EventStream } from './event-stream.ts';
import type { PreparedOperation } from './operation-preparer.ts';
import type { PlanExecutor } from './plan-executor.ts';
import { isStream, type SubgraphRequest, type Transports, type Variables } from './transport.ts';

/** The results of a subscription, or the one result that says why it can't begin. */
export type Subscribed = EventStream | ExecutionResult;

interface SubscriptionEnvironment {
  readonly transports: Transports;
  /** Not needed where every operation is for one subgraph as it stands. */
  readonly executor: PlanExecutor | undefined;
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
  const owner = subscribedSubgraph(operation);
  const transport = owner && transports.get(owner);
  if (!transport) {
    return { errors: [graphError('OPERATION_RESOLUTION_FAILURE', 'The operation is not a subscription.')] };
  }

  const lifetime = new AbortController();
  const own: Context = { ...context, signal: lifetime.signal };
  const stopWithCaller = () => lifetime.abort(context.signal.reason);
  if (context.signal.aborted) stopWithCaller();
  else context.signal.addEventListener('abort', stopWithCaller, { once: true });
  const release = () => {
    context.signal.removeEventListener('abort', stopWithCaller);
    lifetime.abort();
  };

  const source = await transport.subscribe(upstreamRequest(operation, variables, own));
  if (!isStream(source)) {
    release();
    return source;
  }
  return new EventStream({
    source,
    signal: lifetime.signal,
    context: own,
    complete: operation.direct ? undefined : completing(operation, variables, own, executor),
  }).whenEnded(release);
}

/** The subgraph that owns the subscribed field; undefined when the operation is no subscription. */
export function subscribedSubgraph({ operation, direct, plan: { node } }: PreparedOperation): string | undefined {
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return undefined;
  return direct?.subgraph ?? primaryOf(node)?.serviceName;
}

const primaryOf = (node: QueryPlan['node']): FetchNode | undefined =>
  node?.kind === 'Subscription' ? node.primary : undefined;

/** What the owning subgraph is asked: the document as it stands, or the primary fetch with those variables it uses. */
function upstreamRequest(
  { direct, operationName, plan, document }: PreparedOperation,
  variables: Variables,
  context: Context,
): SubgraphRequest {
  const primary = primaryOf(plan.node);
  if (direct || !primary) return { document: direct?.document ?? document, operationName, variables, context };
  const used = (primary.variableUsages ?? []).filter((name) => variables[name] !== undefined);
  return {
    document: primary.operationDocumentNode ?? parse(primary.operation),
    query: primary.operation,
    operationName: primary.operationName,
    variables: Object.fromEntries(used.map((name) => [name, variables[name]])),
    context,
  };
}

/** Makes results of events; an event without data has nothing to fetch more fields for. */
function completing(
  operation: PreparedOperation,
  variables: Variables,
  context: Context,
  executor: PlanExecutor | undefined,
) {
  return async (event: ExecutionResult): Promise<ExecutionResult> =>
    event.data && executor ? executor.complete(operation, event, variables, context) : event;
}
