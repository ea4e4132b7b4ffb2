/** The few calls of the snap REST API that the measurements need. */
export interface SnapTaskFigures {
  readonly hit_count?: number;
  readonly miss_count?: number;
  readonly failed_count?: number;
}

const manifest = (interval: string) => ({
  version: 1,
  schedule: { type: 'simple', interval },
  workflow: {
    collect: {
      metrics: { '/intel/mock/foo': {}, '/intel/mock/bar': {}, '/intel/mock/*/baz': {} },
      config: { '/intel/mock': { name: 'root', password: 'secret' } },
    },
  },
});

export class SnapClient {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** Creates a task on the mock collector and answers its id. */
  async createTask({ interval, start }: { interval: string; start: boolean }): Promise<string> {
    const body = JSON.stringify({ ...manifest(interval), start });
    const { id } = await this.#call<{ id: string }>('POST', '/v1/tasks', body);
    return id;
  }

  task(id: string): Promise<SnapTaskFigures> {
    return this.#call('GET', `/v1/tasks/${id}`);
  }

  async listTasks(): Promise<readonly SnapTaskFigures[]> {
    const { ScheduledTasks } = await this.#call<{ ScheduledTasks: SnapTaskFigures[] }>('GET', '/v1/tasks');
    return ScheduledTasks;
  }

  async #call<Body>(method: string, path: string, body: string | null = null): Promise<Body> {
    const answer = await fetch(this.#url + path, { method, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (JSON.parse(text) as { body: Body }).body;
  }
}
