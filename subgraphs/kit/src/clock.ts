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

const originNanos = BigInt(Math.round(performance.timeOrigin * 1e6));

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  nowNanos: () => originNanos + BigInt(Math.round(performance.now() * 1e6)),
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
 * @throws the signal's reason when `signal` aborts first.
 */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
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
