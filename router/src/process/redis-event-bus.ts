import { randomBytes } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { type EventBus, type Logger, MemoryEventBus, type SubscribeOptions } from '@pentagraph/kit';
import { Redis } from 'ioredis';

/** Ends subscriptions that must not have holes when events may have been lost on the way between processes. */
export class EventsLostError extends Error {
  override readonly name = 'EventsLostError';
  constructor(channel: string) {
    super(`Events of '${channel}' may have been lost while Redis could not be reached. Subscribe again.`);
  }
}

export interface RedisEventBusOptions {
  readonly url: string;
  readonly logger: Logger;
  /** What the names of the Redis channels begin with. Default `pentagraph:`. */
  readonly prefix?: string;
  /** How long the first connection may take, milliseconds. Default 5,000. */
  readonly connectTimeoutMs?: number;
}

/** Follows the prefix on the channel by which a process tells the others that it could not publish for a while. */
const GAP_CHANNEL = '\u0000gap';

/** Beyond so many events on their way to Redis, further ones count as lost, so that a stalled Redis can't fill the memory. */
const MAX_IN_FLIGHT = 10_000;

const ORIGIN_BYTES = 8;

/** How long to wait before the next attempt to connect, milliseconds. */
const retryDelay = (attempt: number): number => Math.min(attempt * 100, 2_000);

/**
 * An event bus between processes, over Redis publish/subscribe. Events are structured-clonable values (what `v8.serialize`
 * takes: plain objects, dates, bigints, bytes); they reach subscribers of the own process directly, and so also while
 * Redis is away. Each process receives all events of all others, and unpacks those it has subscribers for: thus a
 * subscription hears everything from its very call on, without waiting for Redis.
 */
export class RedisEventBus implements EventBus {
  readonly #local = new MemoryEventBus();
  readonly #publisher: Redis;
  readonly #receiver: Redis;
  readonly #prefix: string;
  readonly #logger: Logger;
  /** Tells the own events, which Redis sends back too, from those of others. */
  readonly #origin = randomBytes(ORIGIN_BYTES);
  /** Subscriptions that must end when events are lost. */
  readonly #unbroken = new Set<UnbrokenStream<unknown>>();
  #inFlight = 0;
  #gapToReport = false;
  #closing = false;

  private constructor({ url, logger, prefix = 'pentagraph:', connectTimeoutMs = 5_000 }: RedisEventBusOptions) {
    this.#prefix = prefix;
    this.#logger = logger;
    const common = { lazyConnect: true, connectTimeout: connectTimeoutMs, retryStrategy: retryDelay };
    // A queue for the time without a connection would grow without bound.
    this.#publisher = new Redis(url, { ...common, enableOfflineQueue: false, maxRetriesPerRequest: 0 });
    this.#receiver = new Redis(url, common);
  }

  /**
   * Connects, and resolves when no event of another process can be missed any more.
   * @throws Error when Redis can't be reached or refuses.
   */
  static async connect(options: RedisEventBusOptions): Promise<RedisEventBus> {
    const bus = new RedisEventBus(options);
    try {
      await bus.#connect();
      return bus;
    } catch (error) {
      bus.#publisher.disconnect();
      bus.#receiver.disconnect();
      throw error;
    }
  }

  publish<Event>(channel: string, event: Event): void {
    this.#local.publish(channel, event);
    this.#send(channel, Buffer.concat([this.#origin, serialize(event)]));
  }

  subscribe<Event>(channel: string, options: SubscribeOptions = {}): AsyncIterableIterator<Event> {
    if (options.overflow === 'drop-oldest') return this.#local.subscribe(channel, options);
    const stream = new UnbrokenStream<Event>(channel, options, this.#local, () => this.#unbroken.delete(stream));
    this.#unbroken.add(stream);
    return stream;
  }

  /** One more than there are here, for those who may listen in other processes: a producer never skips its work. */
  subscriberCount(channel: string): number {
    return this.#local.subscriberCount(channel) + 1;
  }

  async close(): Promise<void> {
    if (this.#closing) return;
    this.#closing = true;
    await this.#local.close();
    await this.#publisher.quit().catch(() => this.#publisher.disconnect());
    this.#receiver.disconnect();
  }

  async #connect(): Promise<void> {
    // ioredis reports errors of attempts here and tries again; the first attempt is awaited below.
    let firstFailure: Error | undefined;
    const onError = (error: Error) => {
      firstFailure ??= error;
      this.#logger.debug({ err: error }, 'Redis connection error');
    };
    this.#publisher.on('error', onError);
    this.#receiver.on('error', onError);
    try {
      await Promise.all([this.#publisher.connect(), this.#receiver.connect()]);
      await this.#receiver.psubscribe(`${this.#prefix}*`);
    } catch (error) {
      // 'Connection is closed.' hides why; the error event said it.
      throw firstFailure ?? error;
    }
    this.#receiver.on('pmessageBuffer', (_pattern: Buffer, channel: Buffer, frame: Buffer) =>
      this.#receive(channel.toString().slice(this.#prefix.length), frame),
    );
    this.#receiver.on('close', () => this.#lost('The connection to Redis is lost; events stay within this process'));
    this.#receiver.on('ready', () => this.#logger.info('Redis is back; events reach other processes again'));
    this.#publisher.on('ready', () => this.#reportGap());
  }

  #send(channel: string, frame: Buffer): void {
    if (this.#closing) return;
    if (this.#inFlight >= MAX_IN_FLIGHT) {
      this.#gapToReport = true;
      return;
    }
    this.#inFlight++;
    this.#publisher
      .publish(this.#prefix + channel, frame)
      .finally(() => this.#inFlight--)
      .then(
        // Only what got through proves that the next message will: the stream may be dead and not know it yet.
        () => this.#reportGap(),
        () => {
          this.#gapToReport = true;
        },
      );
  }

  #reportGap(): void {
    if (!this.#gapToReport || this.#closing) return;
    this.#gapToReport = false;
    this.#logger.warn('Events could not be sent to other processes for a while; their subscribers have to begin again');
    this.#send(GAP_CHANNEL, this.#origin);
  }

  #receive(channel: string, frame: Buffer): void {
    if (frame.subarray(0, ORIGIN_BYTES).equals(this.#origin)) return;
    if (channel === GAP_CHANNEL) {
      this.#lost('Another process could not send its events for a while');
      return;
    }
    if (this.#local.subscriberCount(channel) === 0) return;
    try {
      this.#local.publish(channel, deserialize(frame.subarray(ORIGIN_BYTES)));
    } catch (error) {
      this.#logger.error(
        { err: error, channel },
        'An event of another process can not be read: is it another version?',
      );
      for (const stream of [...this.#unbroken]) if (stream.channel === channel) stream.break();
    }
  }

  #lost(message: string): void {
    if (this.#closing) return;
    this.#logger.warn({ endedSubscriptions: this.#unbroken.size }, message);
    for (const stream of [...this.#unbroken]) stream.break();
  }
}

/** A local subscription that can be ended with {@link EventsLostError}; what is buffered can still be read. */
class UnbrokenStream<Event> implements AsyncIterableIterator<Event> {
  readonly channel: string;
  readonly #events: AsyncIterableIterator<Event>;
  readonly #end = new AbortController();
  readonly #onClose: () => void;
  #broken = false;

  constructor(channel: string, options: SubscribeOptions, local: MemoryEventBus, onClose: () => void) {
    this.channel = channel;
    this.#onClose = onClose;
    const signal = options.signal ? AbortSignal.any([options.signal, this.#end.signal]) : this.#end.signal;
    this.#events = local.subscribe(channel, { ...options, signal });
    signal.addEventListener('abort', onClose, { once: true });
  }

  break(): void {
    this.#broken = true;
    this.#end.abort();
  }

  async next(): Promise<IteratorResult<Event>> {
    const step = await this.#events.next().catch((error: unknown) => {
      this.#onClose();
      throw error;
    });
    if (!step.done) return step;
    this.#onClose();
    if (!this.#broken) return step;
    this.#broken = false;
    throw new EventsLostError(this.channel);
  }

  async return(): Promise<IteratorResult<Event>> {
    this.#onClose();
    this.#broken = false;
    await this.#events.return?.();
    return { value: undefined, done: true };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
