import { domains } from './domains.ts';
import { type ComposedGraph, composeSupergraph } from './graph/compose.ts';

/** Composes the supergraph of all domains; starts nothing. What depends on the graph checks itself against it. */
export async function composeDomains(): Promise<ComposedGraph> {
  const definitions = domains.map(async ({ name, load }) => ({ name, typeDefs: (await load()).typeDefs }));
  return composeSupergraph(await Promise.all(definitions));
}
