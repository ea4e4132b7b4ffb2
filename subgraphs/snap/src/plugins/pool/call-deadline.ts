import type { Clock } from '@pentagraph/kit';

/** A plugin took too long to answer. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/**
 * Runs a call that must end within `limitMs`. The call's signal aborts at the deadline and with the caller's; the answer
 * does not wait for a call that ignores it.
 * @throws DeadlinePassed, or the reason of the caller's signal
 */
export async function withDeadline<Result>(
  clock: Clock,
  limitMs: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  signal.throwIfAborted();
  const ended = new AbortController();
  const onAbort = () => ended.abort(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  const timer = clock.schedule(limitMs, () =>
    ended.abort(new DeadlinePassed(`The plugin did not answer within ${limitMs / 1000} s`)),
  );
  try {
    return await Promise.race([call(ended.signal), aborted(ended.signal)]);
  } finally {
    timer.cancel();
    signal.removeEventListener('abort', onAbort);
  }
}

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
