import { setTimeout as delay } from 'node:timers/promises';

/** A task as the snap REST API shows it; only the fields the tests look at. */
export interface ApiTask {
  readonly id: string;
  readonly task_state: string;
  readonly href: string;
  readonly hit_count?: number;
}

const manifest = {
  version: 1,
  schedule: { type: 'simple', interval: '200ms' },
  workflow: {
    collect: {
      metrics: { '/intel/mock/foo': {}, '/intel/mock/bar': {}, '/intel/mock/*/baz': {} },
      config: { '/intel/mock': { name: 'root', password: 'secret' } },
    },
  },
};

/** Calls the snap REST API of a started process the way a script would. */
export class SnapApi {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.#url + path, { method, body: body === undefined ? null : JSON.stringify(body) });
  }

  /** The envelope's body. @throws Error with the answer when it is not a success. */
  async expectOk<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.send(method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (JSON.parse(text) as { body: Body }).body;
  }

  createTask({ start }: { readonly start: boolean }): Promise<ApiTask> {
    return this.expectOk('POST', '/v1/tasks', { ...manifest, start });
  }

  task(id: string): Promise<ApiTask> {
    return this.expectOk('GET', `/v1/tasks/${id}`);
  }

  /** Waits until the task fired at least `times` times and answers how often it did. */
  async untilFired(id: string, times: number): Promise<number> {
    for (;;) {
      const { hit_count = 0 } = await this.task(id);
      if (hit_count >= times) return hit_count;
      await delay(50);
    }
  }
}
