/** Longer texts are not kept: what has them is rare, and would take more memory than it saves time. */
const MAX_TEXT_LENGTH = 20_000;

/** What a text may have on average. Documents and plans take some hundred times the memory of their texts. */
const AVERAGE_TEXT_LENGTH = 500;

interface Kept<Plan> {
  readonly plan: Plan;
  readonly textLength: number;
}

/** A map bounded in number and in size that forgets what was used least recently. */
export class PlanCache<Plan> {
  readonly #plans = new Map<string, Kept<Plan>>();
  readonly #capacity: number;
  /** Of all texts together. */
  #textLength = 0;

  /** @param capacity how many plans of texts of average length are kept, at least 1 */
  constructor(capacity: number) {
    this.#capacity = Math.max(1, capacity);
  }

  get size(): number {
    return this.#plans.size;
  }

  get(key: string): Plan | undefined {
    const kept = this.#plans.get(key);
    if (kept === undefined) return undefined;
    this.#plans.delete(key);
    this.#plans.set(key, kept);
    return kept.plan;
  }

  /** @param textLength characters of the text that the plan was made of, where the key is not that text */
  set(key: string, plan: Plan, textLength = key.length): void {
    this.delete(key);
    if (textLength > MAX_TEXT_LENGTH) return;
    this.#plans.set(key, { plan, textLength });
    this.#textLength += textLength;
    this.#forgetOldest();
  }

  delete(key: string): boolean {
    const { textLength = 0 } = this.#plans.get(key) ?? {};
    this.#textLength -= textLength;
    return this.#plans.delete(key);
  }

  #forgetOldest(): void {
    for (const key of this.#plans.keys()) {
      const fits = this.size <= this.#capacity && this.#textLength <= this.#capacity * AVERAGE_TEXT_LENGTH;
      if (fits || this.size === 1) return;
      this.delete(key);
    }
  }
}
