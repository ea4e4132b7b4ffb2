import type { Timestamp } from '../metrics/metric.ts';
import type { Schedule, WindowedDefinition } from './schedule.ts';

/** Absorbs what dividing fractions of milliseconds rounds away. */
const ROUNDING = 1e-6;

/**
 * Fires at once when its window begins, then on the grid of whole intervals after that: it never drifts. The window ends
 * at the stop time or, without one, `count` intervals after it began (dossier 4.10).
 */
export function windowedSchedule({ intervalNanos, start, stop, count }: WindowedDefinition): Schedule {
  const intervalMs = Number(intervalNanos) / 1e6;
  const startMs = start && millisOf(start);
  const stopMs = stop && millisOf(stop);

  const windowOf = (startedAtMs: number) => {
    const beginMs = Math.max(startedAtMs, startMs ?? startedAtMs);
    const countedEndMs = count === null ? Number.POSITIVE_INFINITY : beginMs + count * intervalMs;
    return { beginMs, endMs: stopMs ?? countedEndMs };
  };
  const intervalsSince = (beginMs: number, atMs: number) => Math.max(0, (atMs - beginMs) / intervalMs);
  const indexAt = (beginMs: number, atMs: number) => Math.floor(intervalsSince(beginMs, atMs) + ROUNDING);

  return {
    refusal(nowMs) {
      if (stopMs !== null && nowMs > stopMs) return 'Stop time is in the past';
      if (stopMs !== null && startMs !== null && stopMs < startMs) return 'Stop time cannot occur before start time';
      return intervalNanos <= 0n ? 'Interval must be greater than 0' : null;
    },

    next({ startedAtMs, lastFiringMs }, nowMs) {
      const { beginMs, endMs } = windowOf(startedAtMs);
      const earliest = Math.ceil(intervalsSince(beginMs, nowMs) - ROUNDING);
      const index = lastFiringMs === null ? 0 : Math.max(indexAt(beginMs, lastFiringMs) + 1, earliest);
      const atMs = beginMs + index * intervalMs;
      if (atMs >= endMs - ROUNDING * intervalMs || nowMs >= endMs) return { kind: 'over', atMs: endMs };
      return { kind: 'fire', atMs };
    },

    missed({ startedAtMs, lastFiringMs }, firedAtMs) {
      if (lastFiringMs === null) return 0;
      const { beginMs } = windowOf(startedAtMs);
      return Math.max(0, indexAt(beginMs, firedAtMs) - indexAt(beginMs, lastFiringMs) - 1);
    },
  };
}

const millisOf = ({ unixNanos }: Timestamp): number => Number(unixNanos) / 1e6;
