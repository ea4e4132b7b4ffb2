import type { Context, Gauge, SubgraphHealth } from '@pentagraph/kit';
import { type ExecutionResult, type GraphQLSchema, OperationTypeNode } from 'graphql';
import { graphError, publicError } from './errors.ts';
import type { EventStream } from './event-stream.ts';
import type { GraphRequest } from './graph.ts';
import type { OperationPreparer, PreparedOperation, RefusedOperation } from './operation-preparer.ts';
import type { PlanExecutor } from './plan-executor.ts';
import type { GraphStats, OperationReport, RunningGraph } from './running-graph.ts';
import { SharedSubscriptions, sharedKey } from './shared-subscriptions.ts';
import { type Subscribed, startSubscription } from './subscription.ts';
import { isStream, type Transports, type Variables } from './transport.ts';

interface GraphParts {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly transports: Transports;
  readonly operations: OperationPreparer;
  /** Not needed where every operation is for one subgraph as it stands. */
  readonly executor?: PlanExecutor;
}

/** Answers operations: prepares them, checks their variables, and hands them to whoever can run them. */
export class FederatedGraph implements RunningGraph {
  readonly apiSchema: GraphQLSchema;
  readonly supergraphSdl: string;
  readonly #transports: Transports;
  readonly #operations: OperationPreparer;
  readonly #executor: PlanExecutor | undefined;
  readonly #shared = new SharedSubscriptions();
  readonly #streams = new Set<EventStream>();
  readonly #observers = new Set<(report: OperationReport) => void>();

  constructor({ apiSchema, supergraphSdl, transports, operations, executor }: GraphParts) {
    this.apiSchema = apiSchema;
    this.supergraphSdl = supergraphSdl;
    this.#transports = transports;
    this.#operations = operations;
    this.#executor = executor;
  }

  readonly execute = (request: GraphRequest): Promise<ExecutionResult> =>
    this.#reported(request, async (operation, variables) => {
      if (operation.operation.operation === OperationTypeNode.SUBSCRIPTION) return { errors: [notHere] };
      return this.#run(operation, variables, request.context);
    });

  readonly subscribe = (request: GraphRequest): Promise<Subscribed> =>
    this.#reported(request, async (operation, variables) => {
      const answer = await this.#begin(operation, variables, request.context);
      if (!isStream(answer)) return answer;
      this.#streams.add(answer);
      return answer.whenEnded(() => this.#streams.delete(answer));
    });

  stats(): GraphStats {
    return {
      planCache: this.#operations.cacheStats,
      activeSubscriptions: this.#streams.size,
      sharedUpstreams: this.#shared.size,
    };
  }

  async health(): Promise<Readonly<Record<string, SubgraphHealth>>> {
    const states = Array.from(this.#transports.values(), async ({ name, health }) => {
      return [name, await health().catch(unhealthy)] as const;
    });
    return Object.fromEntries(await Promise.all(states));
  }

  gauges(): readonly Gauge[] {
    return Array.from(this.#transports.values(), (transport) => transport.gauges()).flat();
  }

  observe(listener: (report: OperationReport) => void): () => void {
    this.#observers.add(listener);
    return () => this.#observers.delete(listener);
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.#streams, (stream) => stream.return()));
    await Promise.all(Array.from(this.#transports.values(), (transport) => transport.close()));
  }

  #run(operation: PreparedOperation, variables: Variables, context: Context): Promise<ExecutionResult> {
    const { direct, operationName } = operation;
    const owner = direct && this.#transports.get(direct.subgraph);
    if (owner) return owner.execute({ document: direct.document, operationName, variables, context });
    if (!this.#executor) throw new TypeError('A graph with several subgraphs needs an executor.');
    return this.#executor.execute(operation, variables, context);
  }

  #begin(operation: PreparedOperation, variables: Variables, context: Context): Promise<Subscribed> {
    const start = (own: Context) =>
      startSubscription(operation, variables, own, { transports: this.#transports, executor: this.#executor });
    const key = sharedKey(operation, variables, context, this.#transports);
    return key === undefined ? start(context) : this.#shared.join(key, context, start);
  }

  /** Prepares an operation, runs it when it may run, and tells the observers. */
  async #reported<Answer extends Subscribed>(
    request: GraphRequest,
    run: (operation: PreparedOperation, variables: Variables) => Promise<Answer>,
  ): Promise<Answer | ExecutionResult> {
    const startedMs = performance.now();
    const operation = this.#admit(request);
    const answer =
      'errors' in operation ? operation : await this.#guarded(request, () => run(operation, request.variables ?? {}));
    if (this.#observers.size > 0) {
      const type = 'errors' in operation ? 'unknown' : operation.operation.operation;
      const outcome = 'errors' in operation ? 'refused' : hasErrors(answer) ? 'error' : 'ok';
      const report = { type, outcome, seconds: (performance.now() - startedMs) / 1000 } as const;
      for (const observer of this.#observers) observer(report);
    }
    return answer;
  }

  async #guarded<Answer>({ context }: GraphRequest, run: () => Promise<Answer>): Promise<Answer | ExecutionResult> {
    try {
      return await run();
    } catch (error) {
      return { errors: [publicError(error, context)] };
    }
  }

  #admit({ query, operationName, variables = {}, context }: GraphRequest): PreparedOperation | RefusedOperation {
    try {
      return this.#operations.prepare(query, operationName, variables);
    } catch (error) {
      return { errors: [publicError(error, context)] };
    }
  }
}

const unhealthy = (error: unknown): SubgraphHealth => ({
  state: 'degraded',
  reason: error instanceof Error ? error.message : String(error),
});

const hasErrors = (answer: Subscribed): boolean => !isStream(answer) && (answer.errors?.length ?? 0) > 0;

const notHere = graphError(
  'OPERATION_RESOLUTION_FAILURE',
  'Subscriptions need a connection that stays open: use a WebSocket with the protocol graphql-transport-ws.',
);
