import type { Logger } from '@pentagraph/kit';
import { startFailure } from './start-error.ts';

interface Resource {
  readonly name: string;
  release(): Promise<void> | void;
}

/** Ends a start that is no longer wanted. */
export class StartAborted extends Error {
  override readonly name = 'StartAborted';
  constructor() {
    super('The start was interrupted by a stop.');
  }
}

/** What a process has opened, released in reverse order. */
export class ResourceStack {
  readonly #logger: Logger;
  readonly #resources: Resource[] = [];
  readonly #opening = new Set<Promise<unknown>>();
  #closing: Promise<void> | undefined;
  #releasing: string | undefined;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  /** The name of what is being released at this moment: what to blame when a stop hangs. */
  get releasing(): string | undefined {
    return this.#releasing;
  }

  /**
   * Opens a resource and remembers how to release it.
   * @param name for messages: `Opening the database of snap`
   * @throws StartError naming what failed and what to do; StartAborted once {@link close} was called.
   */
  async open<Opened>(
    name: string,
    acquire: () => Opened | Promise<Opened>,
    release: (opened: Opened) => Promise<void> | void = () => undefined,
  ): Promise<Opened> {
    if (this.#closing) throw new StartAborted();
    const opening = (async () => {
      const opened = await acquire();
      this.#resources.push({ name, release: () => release(opened) });
      return opened;
    })();
    this.#opening.add(opening);
    try {
      return await opening;
    } catch (error) {
      throw startFailure(name, error);
    } finally {
      this.#opening.delete(opening);
    }
  }

  /**
   * Releases everything, newest first; what is being opened is waited for. A resource whose release fails is
   * logged and doesn't keep the others. May be called again: all callers wait for the same end.
   */
  close(): Promise<void> {
    this.#closing ??= this.#releaseAll();
    return this.#closing;
  }

  async #releaseAll(): Promise<void> {
    await Promise.allSettled(this.#opening);
    for (const { name, release } of this.#resources.splice(0).reverse()) {
      this.#releasing = name;
      try {
        await release();
      } catch (error) {
        this.#logger.error({ err: error }, `Undoing '${name}' failed`);
      }
    }
    this.#releasing = undefined;
  }
}
