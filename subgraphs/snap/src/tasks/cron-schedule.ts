import { type CronEntry, CronEntryError, parseCronEntry } from './cron-entry.ts';
import type { CronDefinition, Schedule } from './schedule.ts';

/** How far missed matches are counted after a long pause; counting all of a year of seconds would stop the process. */
const MOST_MISSED = 10_000;

/** Fires at the matches of a cron entry after the start (dossier 4.10). */
export function cronSchedule({ entry: text }: CronDefinition): Schedule {
  const entry = tryParse(text);
  if (entry instanceof CronEntryError) {
    return {
      refusal: () => entry.message,
      next: () => ({ kind: 'broken', message: entry.message }),
      missed: () => 0,
    };
  }
  return {
    refusal: () => null,
    next({ lastFiringMs }, nowMs) {
      const atMs = entry.nextAfter(Math.max(nowMs, lastFiringMs ?? nowMs));
      return atMs === null ? { kind: 'broken', message: `Cron entry never matches: ${text}` } : { kind: 'fire', atMs };
    },
    missed: ({ lastFiringMs }, firedAtMs) =>
      lastFiringMs === null ? 0 : Math.max(0, matchesIn(entry, lastFiringMs, firedAtMs) - 1),
  };
}

function tryParse(text: string): CronEntry | CronEntryError {
  try {
    return parseCronEntry(text);
  } catch (error) {
    if (error instanceof CronEntryError) return error;
    throw error;
  }
}

/** Matches after `fromMs`, up to and including `toMs`. */
function matchesIn(entry: CronEntry, fromMs: number, toMs: number): number {
  let count = 0;
  for (
    let match = entry.nextAfter(fromMs);
    match !== null && match <= toMs && count <= MOST_MISSED;
    match = entry.nextAfter(match)
  ) {
    count++;
  }
  return count;
}
