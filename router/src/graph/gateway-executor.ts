import './without-telemetry.ts';

import { buildOperationContext, executeQueryPlan, type GraphQLDataSource } from '@apollo/gateway';
import type { PlanNode, QueryPlan } from '@apollo/query-planner';
import type { Context } from '@pentagraph/kit';
import { type ExecutionResult, GraphQLError, parse } from 'graphql';
import { publicError, withoutInternals } from './errors.ts';
import type { PreparedOperation } from './operation-preparer.ts';
import type { PlanExecutor } from './plan-executor.ts';
import type { SupergraphSchemas } from './planner.ts';
import type { SubgraphTransport, Transports, Variables } from './transport.ts';

type Services = Record<string, GraphQLDataSource>;
type GatewayRequest = Parameters<typeof executeQueryPlan>[2];
type GatewayAnswer = Awaited<ReturnType<GraphQLDataSource['process']>>;

/** Runs plans with the interpreter of `@apollo/gateway`. */
export function gatewayExecutor(schemas: SupergraphSchemas, transports: Transports): PlanExecutor {
  const services: Services = Object.fromEntries(
    Array.from(transports.values(), (transport) => [transport.name, dataSource(transport)]),
  );

  async function run(
    plan: QueryPlan,
    using: Services,
    { document, operationName }: PreparedOperation,
    variables: Variables,
    context: Context,
  ): Promise<ExecutionResult> {
    try {
      const result = await executeQueryPlan(
        plan,
        using,
        gatewayRequest(variables, context),
        buildOperationContext({
          schema: schemas.apiSchema,
          operationDocument: document,
          ...(operationName !== undefined && { operationName }),
        }),
        schemas.internalSchema,
        schemas.plannerSchema,
      );
      const { errors, ...rest } = result as ExecutionResult;
      return errors ? { errors: errors.map((error) => shaped(error, context)), ...rest } : rest;
    } catch (error) {
      return { errors: [publicError(error, context)] };
    }
  }

  return {
    execute: (operation, variables, context) => run(operation.plan, services, operation, variables, context),

    complete(operation, event, variables, context) {
      const { plan, primary } = eventPlan(operation.plan);
      const using = { ...services, [primary]: answersFirst(event, services[primary]) };
      return run(plan, using, operation, variables, context);
    },
  };
}

/** A subscription's plan as the plan of one event: first what the primary fetch delivered, then the rest. */
function eventPlan({ node }: QueryPlan): { readonly plan: QueryPlan; readonly primary: string } {
  if (node?.kind !== 'Subscription') throw new TypeError('Only the plan of a subscription has events.');
  const nodes: PlanNode[] = node.rest ? [node.primary, node.rest] : [node.primary];
  return { plan: { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } }, primary: node.primary.serviceName };
}

/** The first fetch is the primary one: its answer is the event. Later ones go to the subgraph. */
function answersFirst(event: ExecutionResult, service: GraphQLDataSource | undefined): GraphQLDataSource {
  let pending: ExecutionResult | undefined = event;
  return {
    process(request) {
      // A copy, since the interpreter merges other subgraphs' fields into it.
      const answer = pending && (structuredClone({ data: pending.data, errors: undefined }) as GatewayAnswer);
      const errors = pending?.errors;
      pending = undefined;
      if (answer) return Promise.resolve({ ...answer, ...(errors && { errors }) } as GatewayAnswer);
      if (!service) throw new TypeError('The plan names a subgraph that the graph does not have.');
      return service.process(request);
    },
  };
}

function dataSource(transport: SubgraphTransport): GraphQLDataSource {
  return {
    async process({ request, context, ...options }) {
      const query = request.query ?? '';
      const document = ('document' in options ? options.document : undefined) ?? parse(query);
      return (await transport.execute({
        document,
        query,
        operationName: request.operationName,
        variables: request.variables,
        context: context as Context,
      })) as GatewayAnswer;
    },
  };
}

/** As much of Apollo's request as the interpreter reads. */
const gatewayRequest = (variables: Variables, context: Context): GatewayRequest =>
  ({ request: { variables }, context, logger: context.logger, metrics: {} }) as unknown as GatewayRequest;

/** Errors leave as the subgraph gave them, without the interpreter's additions. */
function shaped(error: GraphQLError, context: Context): GraphQLError {
  if (typeof error.extensions?.code !== 'string') return publicError(error, context);
  return new GraphQLError(error.message, { path: error.path, extensions: withoutInternals(error.extensions) });
}
