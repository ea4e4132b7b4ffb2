/** The few calls of the snap REST API that the measurements need. */
export interface SnapTaskFigures {
  readonly hit_count?: number;
  readonly miss_count?: number;
  readonly failed_count?: number;
}

/** What the measured tasks differ in. */
interface TaskOptions {
  /** Go notation. */
  readonly interval: string;
  readonly start: boolean;
  /**
   * Version of the mock collector: 1 serves values for 1.1 s from its cache, with the time they were collected; 2 collects
   * anew each time, each task in an instance of its own.
   */
  readonly mockVersion: 1 | 2;
}

const manifest = ({ interval, start, mockVersion: version }: TaskOptions) => ({
  version: 1,
  schedule: { type: 'simple', interval },
  start,
  workflow: {
    collect: {
      metrics: { '/intel/mock/foo': { version }, '/intel/mock/bar': { version }, '/intel/mock/*/baz': { version } },
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
  async createTask(options: TaskOptions): Promise<string> {
    const { id } = await this.#call<{ id: string }>('POST', '/v1/tasks', JSON.stringify(manifest(options)));
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
