import type { Gauge, SubgraphHealth } from '@pentagraph/kit';
import type { Graph } from './graph.ts';

/** One finished query or mutation, or one begun subscription. */
export interface OperationReport {
  readonly type: 'query' | 'mutation' | 'subscription' | 'unknown';
  readonly outcome: 'ok' | 'error' | 'refused';
  /** From the request to the answer, seconds; for a subscription to its beginning. */
  readonly seconds: number;
}

export interface GraphStats {
  /** Since the start; `size` counts the plans of operations that came as text. */
  readonly planCache: { readonly hits: number; readonly misses: number; readonly size: number };
  /** Subscriptions that run, each reader counted. */
  readonly activeSubscriptions: number;
  /** Upstreams that several readers may share. */
  readonly sharedUpstreams: number;
}

/** A graph that answers, and what operators want to know of it. */
export interface RunningGraph extends Graph {
  stats(): GraphStats;
  /** What each subgraph says of itself, by name. */
  health(): Promise<Readonly<Record<string, SubgraphHealth>>>;
  /** The numbers of all subgraphs of this process. */
  gauges(): readonly Gauge[];
  /** Calls `listener` for every operation from now on; the answer stops that. */
  observe(listener: (report: OperationReport) => void): () => void;
  /** Ends all subscriptions and releases connections. Subgraphs of this process go on. */
  close(): Promise<void>;
}
