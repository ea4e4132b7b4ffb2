import { setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';

/** Who waits for an answer, and the signals that tell the work behind it to stop. */
export class RequestLifetimes {
  readonly #open = new Set<AbortController>();
  #aborted = false;

  /** How many requests and connections are open. */
  get size(): number {
    return this.#open.size;
  }

  /** A signal that aborts when the client goes away before its answer is complete, or when the server gives up on it. */
  ofResponse(response: ServerResponse): AbortSignal {
    const { signal, end } = this.begin();
    response.once('close', () => end(!response.writableFinished));
    return signal;
  }

  /** Begins a lifetime that its owner ends; `end(true)` aborts what still works for it. */
  begin(): { readonly signal: AbortSignal; end(abort: boolean): void } {
    const controller = new AbortController();
    // Every operation of a connection listens for as long as it is open, and there may be a thousand.
    setMaxListeners(0, controller.signal);
    if (this.#aborted) controller.abort(stopped());
    else this.#open.add(controller);
    const end = (abort: boolean) => {
      this.#open.delete(controller);
      if (abort) controller.abort(new DOMException('The client went away.', 'AbortError'));
    };
    return { signal: controller.signal, end };
  }

  /** Aborts everything that is open and whatever begins later. */
  abortAll(): void {
    this.#aborted = true;
    for (const controller of this.#open) controller.abort(stopped());
    this.#open.clear();
  }
}

const stopped = () => new DOMException('The server stops.', 'AbortError');
