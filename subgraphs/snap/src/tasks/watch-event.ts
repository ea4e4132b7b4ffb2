import type { MetricSample } from '../metrics/metric.ts';

interface AnyWatchEvent {
  readonly taskId: string;
  /** Milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** Why it happened; empty when there is nothing to say. */
  readonly message: string;
}

/** A collection succeeded. */
export interface MetricsEvent extends AnyWatchEvent {
  readonly kind: 'metrics';
  readonly samples: readonly MetricSample[];
}

/** A task was started, or its run has ended. */
export interface StateEvent extends AnyWatchEvent {
  readonly kind: 'started' | 'stopped' | 'ended' | 'disabled';
}

/** Something that happened to a watched task (dossier 4.11). */
export type WatchEvent = MetricsEvent | StateEvent;
