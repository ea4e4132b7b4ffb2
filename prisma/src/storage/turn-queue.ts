/** Lets one in after the other, in the order they came. */
export class TurnQueue {
  #last: Promise<void> = Promise.resolve();

  /** Resolves when it is the caller's turn, with the function that ends it. */
  take(): Promise<() => void> {
    const before = this.#last;
    return new Promise((enter) => {
      this.#last = new Promise((endTurn) => {
        before.then(() => enter(endTurn));
      });
    });
  }

  /** Runs `work` in a turn of its own. */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const endTurn = await this.take();
    try {
      return await work();
    } finally {
      endTurn();
    }
  }
}
