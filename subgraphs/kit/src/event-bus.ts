/** What happens to a subscriber that reads slower than events come. */
export type Overflow =
  /** The oldest unread event is forgotten: for values of which only the newest matter. */
  | 'drop-oldest'
  /** The subscription ends with {@link SlowConsumerError}: for streams that must not have holes. */
  | 'fail';

export interface SubscribeOptions {
  readonly signal?: AbortSignal;
  /** How many unread events are kept. Default 256. */
  readonly bufferSize?: number;
  /** Default `fail`. */
  readonly overflow?: Overflow;
}

/** Carries events from where they happen to whoever watches; within one process or between several. */
export interface EventBus {
  publish<Event>(channel: string, event: Event): void;
  /** Listens from this call on (not from the first read). Ends when the signal aborts or the reader leaves. */
  subscribe<Event>(channel: string, options?: SubscribeOptions): AsyncIterableIterator<Event>;
  /** How many subscribers a channel has here; lets a producer skip work nobody sees. */
  subscriberCount(channel: string): number;
  /** Ends every subscription, also those still to come; what is buffered can still be read. */
  close(): Promise<void>;
}

/** Ends a subscription with `overflow: 'fail'` whose buffer is full. */
export class SlowConsumerError extends Error {
  override readonly name = 'SlowConsumerError';
  constructor(channel: string, bufferSize: number) {
    super(`The subscriber of '${channel}' fell ${bufferSize} events behind and was dropped. Subscribe again.`);
  }
}

/** An event bus within one process. */
export class MemoryEventBus implements EventBus {
  readonly #channels = new Map<string, Set<Mailbox<unknown>>>();
  #closed = false;

  publish<Event>(channel: string, event: Event): void {
    for (const mailbox of this.#channels.get(channel) ?? []) mailbox.deliver(event);
  }

  subscribe<Event>(channel: string, options: SubscribeOptions = {}): AsyncIterableIterator<Event> {
    const mailbox = new Mailbox<Event>(channel, options, () => this.#remove(channel, mailbox));
    const mailboxes = this.#channels.get(channel) ?? new Set();
    this.#channels.set(channel, mailboxes.add(mailbox as Mailbox<unknown>));
    // Nobody would ever end a subscription that comes after the end of the bus.
    if (this.#closed) mailbox.end();
    return mailbox;
  }

  subscriberCount(channel: string): number {
    return this.#channels.get(channel)?.size ?? 0;
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const mailboxes of [...this.#channels.values()]) for (const mailbox of [...mailboxes]) mailbox.end();
  }

  #remove(channel: string, mailbox: unknown): void {
    const mailboxes = this.#channels.get(channel);
    mailboxes?.delete(mailbox as Mailbox<unknown>);
    if (mailboxes?.size === 0) this.#channels.delete(channel);
  }
}

type Waiting<Event> = { resolve(result: IteratorResult<Event>): void; reject(reason: unknown): void };

/** A bounded queue between one publisher side and one reader. */
class Mailbox<Event> implements AsyncIterableIterator<Event> {
  readonly #queue: Event[] = [];
  readonly #waiting: Waiting<Event>[] = [];
  readonly #bufferSize: number;
  readonly #overflow: Overflow;
  readonly #channel: string;
  readonly #signal: AbortSignal | undefined;
  readonly #onClose: () => void;
  #closed = false;
  #failure: Error | undefined;

  constructor(channel: string, { signal, bufferSize = 256, overflow = 'fail' }: SubscribeOptions, onClose: () => void) {
    this.#channel = channel;
    this.#bufferSize = bufferSize;
    this.#overflow = overflow;
    this.#onClose = onClose;
    this.#signal = signal;
    if (signal?.aborted) queueMicrotask(() => this.end());
    else signal?.addEventListener('abort', this.end, { once: true });
  }

  deliver(event: Event): void {
    if (this.#closed) return;
    const reader = this.#waiting.shift();
    if (reader) reader.resolve({ value: event, done: false });
    else if (this.#queue.length < this.#bufferSize) this.#queue.push(event);
    else if (this.#overflow === 'fail') this.#close(new SlowConsumerError(this.#channel, this.#bufferSize));
    else this.#dropOldestFor(event);
  }

  /** Takes no more events; those already buffered can still be read. */
  readonly end = (): void => this.#close();

  next(): Promise<IteratorResult<Event>> {
    if (this.#queue.length > 0) return Promise.resolve({ value: this.#queue.shift() as Event, done: false });
    if (this.#failure) {
      const failure = this.#failure;
      this.#failure = undefined;
      return Promise.reject(failure);
    }
    if (this.#closed) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  return(): Promise<IteratorResult<Event>> {
    this.#queue.length = 0;
    this.#close();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #dropOldestFor(event: Event): void {
    this.#queue.shift();
    this.#queue.push(event);
  }

  #close(failure?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#failure = failure;
    this.#signal?.removeEventListener('abort', this.end);
    this.#onClose();
    for (const reader of this.#waiting.splice(0)) {
      reader.resolve({ value: undefined, done: true });
    }
  }
}
