import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRfc3339 } from '../../src/metrics/rfc3339.ts';
import { type Schedule, scheduleOf, type WindowedDefinition } from '../../src/tasks/schedule.ts';

const START = Date.parse('2026-01-01T00:00:00Z');
const at = (seconds: number) => parseRfc3339(new Date(START + seconds * 1000).toISOString());

function windowed(definition: Partial<WindowedDefinition> & { readonly intervalMs: number }): Schedule {
  const { intervalMs, ...rest } = definition;
  const intervalNanos = BigInt(Math.round(intervalMs * 1e6));
  return scheduleOf({ type: 'windowed', intervalNanos, start: null, stop: null, count: null, ...rest }) as Schedule;
}

interface Life {
  readonly firedAt: readonly number[];
  readonly missed: number;
  /** Null: it went on. */
  readonly overAt: number | null;
}

/** Follows a schedule; every firing takes as long as `took` says, all in seconds after the start. */
function follow(schedule: Schedule, { most = 10, took = (_firing: number): number => 0 } = {}): Life {
  const firedAt: number[] = [];
  let missed = 0;
  let now = START;
  let lastFiringMs: number | null = null;
  while (firedAt.length < most) {
    const next = schedule.next({ startedAtMs: START, lastFiringMs }, now);
    if (next.kind === 'broken') throw new Error(next.message);
    now = Math.max(now, next.atMs);
    if (next.kind === 'over') return { firedAt, missed, overAt: (now - START) / 1000 };
    missed += schedule.missed({ startedAtMs: START, lastFiringMs }, now);
    lastFiringMs = now;
    firedAt.push((now - START) / 1000);
    now += took(firedAt.length) * 1000;
  }
  return { firedAt, missed, overAt: null };
}

describe('a windowed schedule', () => {
  test('fires at once, then every interval', () => {
    expect(follow(windowed({ intervalMs: 1000 }), { most: 3 })).toEqual({
      firedAt: [0, 1, 2],
      missed: 0,
      overAt: null,
    });
  });

  test('a firing that takes longer than the interval costs whole intervals, and the grid stays', () => {
    const slow = { most: 4, took: (firing: number) => (firing === 2 ? 2.5 : 0.1) };
    expect(follow(windowed({ intervalMs: 1000 }), slow)).toEqual({ firedAt: [0, 1, 4, 5], missed: 2, overAt: null });
  });

  test('a firing that takes exactly the interval misses nothing', () => {
    expect(follow(windowed({ intervalMs: 1000 }), { most: 3, took: () => 1 })).toEqual({
      firedAt: [0, 1, 2],
      missed: 0,
      overAt: null,
    });
  });

  test('a count of 2 is two firings and the end one interval after the last', () => {
    expect(follow(windowed({ intervalMs: 1000, count: 2 }))).toEqual({ firedAt: [0, 1], missed: 0, overAt: 2 });
  });

  test('a count begins with the window when it lies ahead', () => {
    expect(follow(windowed({ intervalMs: 1000, count: 2, start: at(5) }))).toEqual({
      firedAt: [5, 6],
      missed: 0,
      overAt: 7,
    });
  });

  test('a start in the past changes nothing', () => {
    expect(follow(windowed({ intervalMs: 1000, start: at(-100), count: 2 }))).toMatchObject({ firedAt: [0, 1] });
  });

  test('a window from 2 s to 5 s is three firings (dossier 7.26)', () => {
    expect(follow(windowed({ intervalMs: 1000, start: at(2), stop: at(5) }))).toEqual({
      firedAt: [2, 3, 4],
      missed: 0,
      overAt: 5,
    });
  });

  test('the window ends at its stop time, not an interval later', () => {
    expect(follow(windowed({ intervalMs: 3_600_000, stop: at(60) }))).toEqual({ firedAt: [0], missed: 0, overAt: 60 });
  });

  test('a firing that outlasts the window is the last one', () => {
    expect(follow(windowed({ intervalMs: 1000, stop: at(3) }), { took: () => 10 })).toMatchObject({
      firedAt: [0],
      overAt: 10,
    });
  });

  test.each([
    [{ intervalMs: 1000, stop: at(-1) }, 'Stop time is in the past'],
    [{ intervalMs: 1000, start: at(9), stop: at(8) }, 'Stop time cannot occur before start time'],
    [{ intervalMs: 0 }, 'Interval must be greater than 0'],
    [{ intervalMs: -1000 }, 'Interval must be greater than 0'],
    [{ intervalMs: 1000, start: at(8), stop: at(9) }, null],
  ])('%# is refused or not', (definition, refusal) => {
    expect(windowed(definition).refusal(START)).toBe(refusal);
  });

  test('whatever the interval and however long firings take: every grid point is a firing or a miss, and counts are exact', () => {
    const intervalMs = fc.double({ min: 0.01, max: 5000, noNaN: true });
    const durations = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(intervalMs, durations, fc.integer({ min: 1, max: 30 }), (interval, took, count) => {
        const life = follow(windowed({ intervalMs: interval, count }), {
          most: 100,
          took: (firing) => (took[firing % took.length] ?? 0) / 1000,
        });
        expect(life.overAt).not.toBeNull();
        expect(life.firedAt.length + life.missed).toBeLessThanOrEqual(count);
        if (took.every((duration) => duration < interval)) expect(life.firedAt).toHaveLength(count);
      }),
    );
  });

  test('a day of 100 ms intervals does not drift by a millisecond', () => {
    const schedule = windowed({ intervalMs: 100 });
    const yesterday = START - 86_400_000;
    const next = schedule.next({ startedAtMs: yesterday, lastFiringMs: START - 100 + 7 }, START - 50);
    expect(next).toEqual({ kind: 'fire', atMs: START });
  });
});

describe('a cron schedule', () => {
  const cron = (entry: string) => scheduleOf({ type: 'cron', entry }) as Schedule;

  test('fires at even seconds (dossier 7.29)', () => {
    expect(follow(cron('*/2 * * * * *'), { most: 3 })).toMatchObject({ firedAt: [2, 4, 6], missed: 0 });
  });

  test('matches during a long firing are missed', () => {
    const slow = { most: 3, took: (firing: number) => (firing === 1 ? 5 : 0) };
    expect(follow(cron('*/2 * * * * *'), slow)).toMatchObject({ firedAt: [2, 8, 10], missed: 2 });
  });

  test('missed matches of years are counted up to a limit', () => {
    const missed = cron('* * * * * *').missed({ startedAtMs: 0, lastFiringMs: START - 1e10 }, START);
    expect(missed).toBe(10_000);
  });

  test('a wrong entry is refused at the start and breaks a run', () => {
    expect(cron('* * *').refusal(START)).toBe('Expected 5 or 6 fields, found 3: * * *');
    expect(cron('* * *').next({ startedAtMs: START, lastFiringMs: null }, START)).toEqual({
      kind: 'broken',
      message: 'Expected 5 or 6 fields, found 3: * * *',
    });
  });

  test('an entry without any match breaks a run', () => {
    expect(cron('0 0 0 30 2 *').next({ startedAtMs: START, lastFiringMs: null }, START)).toEqual({
      kind: 'broken',
      message: 'Cron entry never matches: 0 0 0 30 2 *',
    });
  });
});

test('a streaming schedule is not driven by a clock', () => {
  expect(scheduleOf({ type: 'streaming' })).toBeNull();
});
