import type { PluginInstance } from '../runtime/plugin-runtime.ts';

/** One running instance of a pool and what the pool knows of it. */
export class PoolInstance {
  /** Counts 1, 2, 3... per pool. */
  readonly id: number;
  readonly instance: PluginInstance;
  hitCount = 0;
  /** The last call, or the start when there was none; milliseconds since the Unix epoch. */
  lastHitAtMs: number;
  /** Health checks that failed in a row. */
  failedPings = 0;
  /** Whether a health check waits for its answer. */
  pinged = false;
  #inFlight = 0;
  readonly #onIdle: (() => void)[] = [];

  constructor(id: number, instance: PluginInstance, startedAtMs: number) {
    this.id = id;
    this.instance = instance;
    this.lastHitAtMs = startedAtMs;
  }

  /** Calls it serves at this moment. */
  get inFlight(): number {
    return this.#inFlight;
  }

  /** A call begins. */
  begin(nowMs: number): void {
    this.hit(nowMs);
    this.#inFlight += 1;
  }

  hit(nowMs: number): void {
    this.hitCount += 1;
    this.lastHitAtMs = nowMs;
  }

  /** A call that began has ended. */
  end(): void {
    this.#inFlight -= 1;
    if (this.#inFlight === 0) for (const wake of this.#onIdle.splice(0)) wake();
  }

  /** Ends when no call is in flight. Nothing new may be given to it meanwhile. */
  drained(): Promise<void> {
    return this.#inFlight === 0 ? Promise.resolve() : new Promise((resolve) => this.#onIdle.push(resolve));
  }
}
