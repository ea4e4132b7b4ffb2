import type { Context } from '@pentagraph/kit';
import type { ExecutionResult } from 'graphql';
import { publicError } from './errors.ts';

interface EventStreamOptions {
  readonly source: AsyncIterableIterator<ExecutionResult>;
  /** Ends the stream, even while the source keeps silent. */
  readonly signal: AbortSignal;
  readonly context: Context;
  /** Makes the result of an event; absent when the event is the result. */
  readonly complete: ((event: ExecutionResult) => Promise<ExecutionResult>) | undefined;
}

type Step = IteratorResult<ExecutionResult>;
const done: Step = { value: undefined, done: true };

/**
 * The results of one subscription. Not a generator: a generator's `return()` waits for a pending `next()`, which may never come.
 * A source that fails ends the stream with one result that holds the error.
 */
export class EventStream implements AsyncIterableIterator<ExecutionResult> {
  readonly #options: EventStreamOptions;
  readonly #waiting = new Set<(step: Step) => void>();
  readonly #endListeners: (() => void)[] = [];
  #ended = false;

  constructor(options: EventStreamOptions) {
    this.#options = options;
    if (options.signal.aborted) this.#end();
    else options.signal.addEventListener('abort', this.#end, { once: true });
  }

  /** Calls `listener` once, when the stream has ended for whatever reason. */
  whenEnded(listener: () => void): this {
    if (this.#ended) listener();
    else this.#endListeners.push(listener);
    return this;
  }

  next(): Promise<Step> {
    if (this.#ended) return Promise.resolve(done);
    return new Promise((resolve) => {
      this.#waiting.add(resolve);
      void this.#pull().then(({ step, last }) => {
        this.#waiting.delete(resolve);
        resolve(step);
        if (last) this.#end();
      });
    });
  }

  return(): Promise<Step> {
    this.#end();
    return Promise.resolve(done);
  }

  /** Servers tell a stream they can end from one they can't by this method. */
  throw(reason: unknown): Promise<Step> {
    this.#end();
    return Promise.reject(reason);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async #pull(): Promise<{ readonly step: Step; readonly last: boolean }> {
    const { source, complete, context } = this.#options;
    try {
      const step = await source.next();
      if (step.done) return { step: done, last: true };
      return { step: { value: complete ? await complete(step.value) : step.value, done: false }, last: false };
    } catch (error) {
      if (this.#ended) return { step: done, last: true };
      return { step: { value: { errors: [publicError(error, context)] }, done: false }, last: true };
    }
  }

  readonly #end = (): void => {
    if (this.#ended) return;
    this.#ended = true;
    const { source, signal, context } = this.#options;
    signal.removeEventListener('abort', this.#end);
    for (const resolve of this.#waiting) resolve(done);
    this.#waiting.clear();
    for (const listener of this.#endListeners.splice(0)) listener();
    source
      .return?.()
      ?.catch((error: unknown) => context.logger.warn({ err: error }, 'The source of a subscription failed to end'));
  };
}
