import { sleep, systemClock } from '@pentagraph/kit';
import { ManualClock } from '@pentagraph/kit/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: new Date('2026-01-01T00:00:00Z') });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('runs a callback once, after its delay', () => {
    const callback = vi.fn();
    systemClock.schedule(1000, callback);
    vi.advanceTimersByTime(999);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    expect(callback).toHaveBeenCalledOnce();
  });

  it.each([0, -5])('runs a delay of %d at once, but not synchronously', (delayMs) => {
    const callback = vi.fn();
    systemClock.schedule(delayMs, callback);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledOnce();
  });

  it('waits longer than a Node.js timer can', () => {
    const fiftyDays = 50 * 24 * 3_600_000;
    const callback = vi.fn();
    systemClock.schedule(fiftyDays, callback);
    vi.advanceTimersByTime(fiftyDays - 1);
    expect(callback).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(callback).toHaveBeenCalledOnce();
  });

  it('forgets a cancelled callback, also in the later legs of a long wait, and when it has already run', () => {
    const fiftyDays = 50 * 24 * 3_600_000;
    const callback = vi.fn();
    const timer = systemClock.schedule(fiftyDays, callback);
    vi.advanceTimersByTime(fiftyDays - 1);
    timer.cancel();
    vi.advanceTimersByTime(fiftyDays);
    expect(callback).not.toHaveBeenCalled();

    const done = systemClock.schedule(1, callback);
    vi.advanceTimersByTime(1);
    done.cancel();
    expect(callback).toHaveBeenCalledOnce();
  });

  it('names the same millisecond in both its readings, also after the wall clock was set', () => {
    const milliseconds = () => Number(systemClock.nowNanos() / 1_000_000n);
    expect(milliseconds()).toBe(systemClock.now());
    for (const time of ['2027-06-01T12:00:00Z', '2025-06-01T12:00:00Z']) {
      vi.setSystemTime(new Date(time));
      expect(milliseconds()).toBe(new Date(time).getTime());
    }
    vi.advanceTimersByTime(1234);
    expect(milliseconds()).toBe(systemClock.now());
  });
});

describe('sleep', () => {
  it('resolves when the clock has advanced', async () => {
    const clock = new ManualClock();
    const woke = vi.fn();
    const sleeping = sleep(clock, 100).then(woke);
    await clock.advance(99);
    expect(woke).not.toHaveBeenCalled();
    await clock.advance(1);
    await sleeping;
    expect(woke).toHaveBeenCalledOnce();
  });

  it('ends with the reason of the signal, and leaves no timer behind', async () => {
    const clock = new ManualClock();
    const abort = new AbortController();
    const sleeping = sleep(clock, 100, abort.signal);
    const reason = new Error('enough');
    abort.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
    await expect(sleep(clock, 100, abort.signal)).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
  });

  it('lets go of the signal when it is over', async () => {
    const clock = new ManualClock();
    const { signal } = new AbortController();
    const removed = vi.spyOn(signal, 'removeEventListener');
    const sleeping = sleep(clock, 1, signal);
    await clock.advance(1);
    await sleeping;
    expect(removed).toHaveBeenCalledWith('abort', expect.any(Function));
  });
});

describe('ManualClock', () => {
  it('stands still until it is moved', async () => {
    const clock = new ManualClock('2026-05-06T07:08:09.010Z');
    expect(new Date(clock.now()).toISOString()).toBe('2026-05-06T07:08:09.010Z');
    expect(clock.nowNanos()).toBe(1_778_051_289_010_000_000n);
    await clock.advance(0.25);
    expect(clock.nowNanos()).toBe(1_778_051_289_010_250_000n);
  });

  it('runs due timers in the order of their times, then of their making, each at its own time', async () => {
    const clock = new ManualClock(0);
    const seen: string[] = [];
    const note = (name: string) => () => seen.push(`${name}@${clock.now()}`);
    clock.schedule(20, note('c'));
    clock.schedule(10, note('a'));
    clock.schedule(20, note('d'));
    clock.schedule(10, note('b'));
    clock.schedule(31, note('too late'));
    await clock.advance(30);
    expect(seen).toEqual(['a@10', 'b@10', 'c@20', 'd@20']);
    expect(clock.now()).toBe(30);
    expect(clock.pending).toBe(1);
  });

  it('runs what due timers schedule within the same advance, after letting promises settle', async () => {
    const clock = new ManualClock(0);
    const times: number[] = [];
    const tick = () => {
      times.push(clock.now());
      Promise.resolve().then(() => clock.schedule(10, tick));
    };
    clock.schedule(10, tick);
    await clock.advance(35);
    expect(times).toEqual([10, 20, 30]);
  });

  it('does not run what was cancelled', async () => {
    const clock = new ManualClock(0);
    const callback = vi.fn();
    clock.schedule(10, callback).cancel();
    await clock.advance(10);
    expect(callback).not.toHaveBeenCalled();
  });
});
