import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTimeISO, GraphQLJSON, GraphQLJSONObject, GraphQLSafeInt } from 'graphql-scalars';

/** Instants as RFC 3339 text in UTC with milliseconds, the same text in one process and between several. */
const DateTime = new GraphQLScalarType({ ...GraphQLDateTimeISO.toConfig(), name: 'DateTime' });

/** Integers that every JSON reader holds exactly; services may count with bigint. */
const SafeInt = new GraphQLScalarType({
  ...GraphQLSafeInt.toConfig(),
  serialize: (value) => GraphQLSafeInt.serialize(typeof value === 'bigint' ? String(value) : value),
});

/** The custom scalars all subgraphs share; spread into a subgraph's resolvers those its SDL declares. */
export const scalars = {
  DateTime,
  JSON: GraphQLJSON,
  JSONObject: GraphQLJSONObject,
  SafeInt,
} as const;
