/** A first query that any graph answers. */
export const tryQuery = (origin: string): string =>
  `curl -s ${origin}/graphql -H 'content-type: application/json' -d '{"query":"{ __typename }"}'`;
