/** A pending timer of a {@link Clock}. */
export interface Timer {
  /** Prevents the callback; harmless when it has already run. */
  cancel(): void;
}

/** Where every timestamp and every wait comes from, so that tests never sleep. */
export interface Clock {
  /** Wall-clock time in milliseconds since the Unix epoch. */
  now(): number;
  /** Wall-clock time in nanoseconds since the Unix epoch, as exact as the platform measures. */
  nowNanos(): bigint;
  /** Runs `callback` once after `delayMs` milliseconds (at once, but not synchronously, when it is 0 or negative). */
  schedule(delayMs: number, callback: () => void): Timer;
}

/** The longest delay a Node.js timer takes; longer waits are made of several. */
const MAX_TIMER_MS = 2 ** 31 - 1;

const NANOS_PER_MS = 1_000_000n;

/** When `performance.now()` was zero, by the wall clock. */
let originNanos = BigInt(Math.round(performance.timeOrigin * 1e6));

/**
 * Takes the digits below a millisecond from the monotonic clock, and its zero anew whenever the wall clock was set or has
 * drifted away: both readings of the time always name the same millisecond.
 */
function wallClockNanos(): bigint {
  const sinceOrigin = BigInt(Math.round(performance.now() * 1e6));
  const millisecond = BigInt(Date.now()) * NANOS_PER_MS;
  const ahead = originNanos + sinceOrigin - millisecond;
  if (ahead < 0n) originNanos -= ahead;
  else if (ahead >= NANOS_PER_MS) originNanos -= ahead - NANOS_PER_MS + 1n;
  return originNanos + sinceOrigin;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  nowNanos: wallClockNanos,
  schedule(delayMs, callback) {
    let remaining = Math.max(0, delayMs);
    let handle: NodeJS.Timeout;
    const arm = () => {
      const step = Math.min(remaining, MAX_TIMER_MS);
      remaining -= step;
      handle = setTimeout(remaining > 0 ? arm : callback, step);
    };
    arm();
    return { cancel: () => clearTimeout(handle) };
  },
};

/**
 * Waits for `delayMs` milliseconds of the clock.
 * Rejects with the signal's reason when `signal` aborts first.
 */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  if (signal?.aborted) return Promise.reject(signal.reason);
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      timer.cancel();
      reject(signal?.reason);
    };
    const timer = clock.schedule(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
