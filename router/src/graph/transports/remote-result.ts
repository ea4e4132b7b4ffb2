import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { graphError, withoutInternals } from '../errors.ts';

/** The GraphQL result in an answer's text; undefined when there is none. */
export function parseResult(text: string): ExecutionResult | undefined {
  try {
    return reviveResult(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A result as it came over the wire, with errors as the graph gives them; undefined when it is no result. */
export function reviveResult(value: unknown): ExecutionResult | undefined {
  if (!isObject(value) || !('data' in value || 'errors' in value)) return undefined;
  const { data, errors } = value;
  return {
    ...(data !== undefined && { data: data as ExecutionResult['data'] & object }),
    ...(Array.isArray(errors) && errors.length > 0 && { errors: errors.map(reviveError) }),
  };
}

/** An error with its code, or with `DOWNSTREAM_SERVICE_ERROR` when the subgraph gave none. */
export function reviveError({ message, path, extensions }: GraphQLFormattedError): GraphQLError {
  return new GraphQLError(message, {
    path,
    extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', ...withoutInternals(extensions ?? {}) },
  });
}

/** What callers learn of a subgraph that gives no usable answer; the log has the cause. */
export const unavailable = (name: string): GraphQLError =>
  graphError('SUBGRAPH_UNAVAILABLE', `The subgraph '${name}' gives no answer. Try again later.`, { subgraph: name });

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
