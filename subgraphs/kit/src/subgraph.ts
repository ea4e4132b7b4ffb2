import type { DocumentNode } from 'graphql';
import type { Context } from './context.ts';

/** A number that a domain shows on `/metrics`. */
export interface Gauge {
  /** Default `gauge`; a `counter` only goes up while the process lives. */
  readonly type?: 'gauge' | 'counter';
  /** Prometheus name without the `pentagraph_` prefix, e.g. `snap_tasks`. */
  readonly name: string;
  readonly help: string;
  readonly values: readonly { readonly labels?: Readonly<Record<string, string>>; readonly value: number }[];
}

/** What a subgraph says of itself on `/readyz`. */
export interface SubgraphHealth {
  readonly state: 'starting' | 'serving' | 'degraded' | 'stopped';
  /** Why it is not serving. */
  readonly reason?: string;
}

/** Resolver functions by type and field, as `@apollo/subgraph` takes them. */
export type ResolverMap = Readonly<Record<string, unknown>>;

/** One domain of the graph. */
export interface Subgraph {
  readonly name: string;
  readonly typeDefs: DocumentNode;
  readonly resolvers: ResolverMap;
  /** The context its resolvers see: the caller's, and the domain's services. */
  context(base: Context): Context;
  /** Opens what it needs and resumes what ran before the last stop. */
  start(): Promise<void>;
  /** Finishes what is in flight and releases everything; may be called twice. */
  stop(): Promise<void>;
  health(): Promise<SubgraphHealth>;
  gauges(): readonly Gauge[];
  /** Lines for the start banner: the store and the drivers in use. */
  describe(): readonly string[];
  /**
   * Subscription fields whose events are the same for every subscriber with the same arguments and the same viewer,
   * and which replay nothing: the router runs one and shares its events.
   */
  readonly sharedSubscriptions: readonly string[];
}
