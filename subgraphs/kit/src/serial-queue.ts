/** Runs pieces of asynchronous work one after the other, in the order they were handed in. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** The result of `work`, which begins when everything handed in before has ended, well or badly. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(work, work);
    this.#last = result;
    return result;
  }

  /** Ends with the work handed in so far. */
  async idle(): Promise<void> {
    await Promise.allSettled([this.#last]);
  }
}
