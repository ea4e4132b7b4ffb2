import type { Timestamp } from '../metrics/metric.ts';
import { cronSchedule } from './cron-schedule.ts';
import { windowedSchedule } from './windowed-schedule.ts';

/** Every interval, within a window when one is given (dossier 4.10). */
export interface WindowedDefinition {
  readonly type: 'windowed';
  readonly intervalNanos: bigint;
  readonly start: Timestamp | null;
  readonly stop: Timestamp | null;
  /** How often it fires after each start; null: no limit. */
  readonly count: number | null;
}

/** At the times of a cron entry. */
export interface CronDefinition {
  readonly type: 'cron';
  /** As it was given: `second minute hour day month [weekday]`, or a descriptor. */
  readonly entry: string;
}

/** Whenever the streaming collector sends. */
export interface StreamingDefinition {
  readonly type: 'streaming';
}

export type ScheduleDefinition = WindowedDefinition | CronDefinition | StreamingDefinition;

/** How far a started task has come. Milliseconds since the Unix epoch. */
export interface RunProgress {
  readonly startedAtMs: number;
  /** Null: it has not fired since it was started. */
  readonly lastFiringMs: number | null;
}

/** What comes next: a firing, or the end of the schedule, or the news that the schedule can't go on. */
export type NextFiring =
  | { readonly kind: 'fire'; readonly atMs: number }
  | { readonly kind: 'over'; readonly atMs: number }
  | { readonly kind: 'broken'; readonly message: string };

/** When a task fires. Pure: time goes in as a number. */
export interface Schedule {
  /** Why it can't be started at this time, in the original's words; null when it can. */
  refusal(nowMs: number): string | null;
  next(run: RunProgress, nowMs: number): NextFiring;
  /** How many firings were due, and did not happen, between the last firing and the one at `firedAtMs`. */
  missed(run: RunProgress, firedAtMs: number): number;
}

/** A schedule that a clock drives; null for a streaming task, which its collector drives. */
export function scheduleOf(definition: ScheduleDefinition): Schedule | null {
  switch (definition.type) {
    case 'windowed':
      return windowedSchedule(definition);
    case 'cron':
      return cronSchedule(definition);
    case 'streaming':
      return null;
  }
}
