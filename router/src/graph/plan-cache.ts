/** Longer keys are not kept: what has them is rare, and would take more memory than it saves time. */
const MAX_KEY_LENGTH = 20_000;

/** A bounded map that forgets what was used least recently. */
export class PlanCache<Plan> {
  readonly #plans = new Map<string, Plan>();
  readonly #capacity: number;

  /** @param capacity how many plans are kept, at least 1 */
  constructor(capacity: number) {
    this.#capacity = Math.max(1, capacity);
  }

  get size(): number {
    return this.#plans.size;
  }

  get(key: string): Plan | undefined {
    const plan = this.#plans.get(key);
    if (plan === undefined) return undefined;
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    return plan;
  }

  set(key: string, plan: Plan): void {
    if (key.length > MAX_KEY_LENGTH) return;
    this.#plans.delete(key);
    this.#plans.set(key, plan);
    if (this.#plans.size <= this.#capacity) return;
    const [oldest] = this.#plans.keys();
    if (oldest !== undefined) this.#plans.delete(oldest);
  }
}
