import { type Context, MemoryEventBus, SlowConsumerError } from '@pentagraph/kit';
import type { ExecutionResult } from 'graphql';
import { graphError, publicError } from './errors.ts';
import { EventStream } from './event-stream.ts';
import type { PreparedOperation } from './operation-preparer.ts';
import { type Subscribed, subscribedSubgraph } from './subscription.ts';
import { type CallerContext, isStream, type Transports, type Variables } from './transport.ts';

/** How many results a reader may lag behind before it is dropped. */
const READER_BUFFER = 256;
const CHANNEL = 'results';

/** One upstream and those who read it. */
interface SharedUpstream {
  /** Settles when the upstream has begun, with the result that refused it, if any; rejects when the start broke. */
  readonly begun: Promise<ExecutionResult | undefined>;
  readonly results: MemoryEventBus;
  /** How many readers there are or will be once the upstream has begun. */
  readers: number;
  release(): void;
}

/**
 * Lets identical subscriptions share one upstream. The first reader starts it, the last one ends it; every reader gets the same
 * result objects. A reader that falls {@link READER_BUFFER} results behind ends with the error `SLOW_CONSUMER`; the others go on.
 */
export class SharedSubscriptions {
  readonly #upstreams = new Map<string, SharedUpstream>();

  /** How many upstreams run. */
  get size(): number {
    return this.#upstreams.size;
  }

  /**
   * Joins the upstream of `key`, starting it where there is none.
   * @param key equal for subscriptions with equal results
   * @param start runs the subscription for all readers; the context's signal ends it
   */
  async join(key: string, context: Context, start: (context: Context) => Promise<Subscribed>): Promise<Subscribed> {
    const upstream = this.#upstreams.get(key) ?? this.#open(key, context, start);
    upstream.readers++;
    const source = upstream.results.subscribe<ExecutionResult>(CHANNEL, { bufferSize: READER_BUFFER });
    const leave = () => {
      if (--upstream.readers === 0) upstream.release();
    };
    const refused = await upstream.begun;
    if (refused) {
      leave();
      await source.return?.();
      return refused;
    }
    return new EventStream({
      source: tellingSlowReaders(source),
      signal: context.signal,
      context,
      complete: undefined,
    }).whenEnded(leave);
  }

  #open(key: string, first: Context, start: (context: Context) => Promise<Subscribed>): SharedUpstream {
    const lifetime = new AbortController();
    const results = new MemoryEventBus();
    const context: Context = { ...first, signal: lifetime.signal };
    const upstream: SharedUpstream = {
      results,
      readers: 0,
      begun: start(context).then(
        (answer) => {
          if (!isStream(answer)) {
            upstream.release();
            return answer;
          }
          void pump(answer, results, context).finally(upstream.release);
          return undefined;
        },
        (error: unknown) => {
          upstream.release();
          throw error;
        },
      ),
      release: () => {
        if (this.#upstreams.get(key) === upstream) this.#upstreams.delete(key);
        lifetime.abort();
        void results.close();
      },
    };
    this.#upstreams.set(key, upstream);
    return upstream;
  }
}

async function pump(stream: AsyncIterableIterator<ExecutionResult>, results: MemoryEventBus, context: Context) {
  try {
    for await (const result of stream) results.publish(CHANNEL, result);
  } catch (error) {
    results.publish(CHANNEL, { errors: [publicError(error, context)] });
  }
}

function tellingSlowReaders(source: AsyncIterableIterator<ExecutionResult>): AsyncIterableIterator<ExecutionResult> {
  return {
    async next() {
      try {
        return await source.next();
      } catch (error) {
        if (!(error instanceof SlowConsumerError)) throw error;
        return { value: { errors: [graphError('SLOW_CONSUMER', tooSlow)] }, done: false };
      }
    },
    return: () => source.return?.() ?? Promise.resolve({ value: undefined, done: true }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

const tooSlow = `The reader fell ${READER_BUFFER} results behind and was dropped. Subscribe again.`;

/** Numbers the prepared operations that were ever shared; equal texts are one prepared operation. */
const identities = new WeakMap<PreparedOperation, number>();
let lastIdentity = 0;

function identityOf(operation: PreparedOperation): number {
  const identity = identities.get(operation) ?? ++lastIdentity;
  identities.set(operation, identity);
  return identity;
}

/**
 * A key that is equal for subscriptions with the same plan, variables and viewer; undefined when the subscribed field may not
 * be shared.
 */
export function sharedKey(
  operation: PreparedOperation,
  variables: Variables,
  context: CallerContext,
  transports: Transports,
): string | undefined {
  const owner = subscribedSubgraph(operation);
  if (owner === undefined) return undefined;
  const [field] = operation.operation.selectionSet.selections;
  const shareable = transports.get(owner)?.sharedSubscriptions ?? [];
  if (field?.kind !== 'Field' || !shareable.includes(field.name.value)) return undefined;
  const { id, via, access } = context.viewer;
  const values = Object.keys(variables)
    .sort()
    .map((name) => [name, variables[name]]);
  return JSON.stringify([identityOf(operation), values, id, via, access, context.authorization]);
}
