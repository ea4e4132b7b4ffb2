import { type GraphQLSchema, isScalarType, isSpecifiedScalarType } from 'graphql';
import type { Transports } from './transport.ts';

/**
 * Lets the clients' schema check values of custom scalars as the subgraphs of this process do, so that a wrong value is refused
 * before anything runs, whatever the plan. A scalar of a remote subgraph is known by name only: that subgraph checks it.
 */
export function borrowScalars(apiSchema: GraphQLSchema, transports: Transports): void {
  const schemas = Array.from(transports.values(), ({ schema }) => schema).filter((schema) => schema !== undefined);
  for (const scalar of Object.values(apiSchema.getTypeMap())) {
    if (!isScalarType(scalar) || isSpecifiedScalarType(scalar)) continue;
    const owner = schemas.map((schema) => schema.getType(scalar.name)).find(isScalarType);
    if (!owner) continue;
    scalar.parseValue = owner.parseValue;
    scalar.parseLiteral = owner.parseLiteral;
  }
}
