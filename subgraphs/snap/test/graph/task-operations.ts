import type { ExecutionResult } from 'graphql';
import type { SnapWorld } from './snap-world.ts';

/** What tests look at of a task. */
export interface TaskView {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly hitCount: number;
  readonly missCount: number;
  readonly failedCount: number;
  readonly lastFailureMessage: string;
  readonly lastRunTime: string | null;
}

const fields = 'id name state hitCount missCount failedCount lastFailureMessage lastRunTime';

/** The manifest of the seed's example: three metrics, a processor and a file publisher. */
export const seedManifest = (file: string, more: object = {}) => ({
  version: 1,
  schedule: { type: 'simple', interval: '1s' },
  'max-failures': 10,
  workflow: {
    collect: {
      metrics: {
        '/intel/mock/foo': { version: 1 },
        '/intel/mock/bar': { version: 1 },
        '/intel/mock/*/baz': { version: 1 },
      },
      config: { '/intel/mock': { name: 'root', password: 'secret' } },
      process: [{ plugin_name: 'passthru', process: null, publish: [{ plugin_name: 'mock-file', config: { file } }] }],
    },
  },
  ...more,
});

/** A manifest that only collects. */
export const collectManifest = (metrics: readonly string[], more: object = {}, collect: object = {}) => ({
  version: 1,
  schedule: { type: 'simple', interval: '1s' },
  workflow: {
    collect: {
      metrics: Object.fromEntries(metrics.map((namespace) => [namespace, {}])),
      config: { '/intel/mock': { name: 'root', password: 'secret' } },
      ...collect,
    },
  },
  ...more,
});

export const createMutation = `mutation ($manifest: String!) {
  createSnapTaskFromManifest(manifest: $manifest) { ${fields} }
}`;

export async function createTask(world: SnapWorld, manifest: object): Promise<TaskView> {
  const variables = { manifest: JSON.stringify(manifest) };
  const data = await world.data<{ createSnapTaskFromManifest: TaskView }>(createMutation, variables);
  return data.createSnapTaskFromManifest;
}

export const refusalOf = (world: SnapWorld, manifest: object) =>
  world.refusal(createMutation, { manifest: JSON.stringify(manifest) });

export async function taskOf(world: SnapWorld, id: string): Promise<TaskView> {
  return (await world.data<{ snapTask: TaskView }>(`query ($id: ID!) { snapTask(id: $id) { ${fields} } }`, { id }))
    .snapTask;
}

export const mutationOf = (action: 'start' | 'stop' | 'enable' | 'remove') =>
  `mutation ($id: ID!) { ${action}SnapTask(id: $id) { ${fields} } }`;

export async function act(world: SnapWorld, action: Parameters<typeof mutationOf>[0], id: string): Promise<TaskView> {
  const data = await world.data<Record<string, TaskView>>(mutationOf(action), { id });
  return data[`${action}SnapTask`] as TaskView;
}

/** Moves time on by seconds, one firing after the other. */
export async function passSeconds(world: SnapWorld, id: string, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    const { hitCount, state } = await taskOf(world, id);
    await world.clock.advance(1_000);
    if (state === 'RUNNING') await world.until(async () => hasMoved(await taskOf(world, id), hitCount));
  }
}

/** The firing at the start of a task. */
export async function passFirstFiring(world: SnapWorld, id: string): Promise<void> {
  const { hitCount } = await taskOf(world, id);
  await world.clock.advance(0);
  await world.until(async () => hasMoved(await taskOf(world, id), hitCount));
}

const hasMoved = ({ hitCount, state }: TaskView, before: number): boolean => hitCount > before || state !== 'RUNNING';

export interface WatchedEvent {
  readonly __typename: string;
  readonly message: string;
  readonly task: { readonly state: string } | null;
  readonly metrics?: readonly {
    readonly namespace: string;
    readonly data: unknown;
    readonly dataJson: string;
    readonly timestamp: string;
    readonly tags: Readonly<Record<string, string>> | null;
  }[];
}

export const watchSubscription = `subscription ($id: ID!) {
  snapTaskWatch(id: $id) {
    __typename taskId time message
    task { state }
    ... on SnapMetricsCollected { metrics { namespace version dataType data dataJson time timestamp tags unit } }
  }
}`;

/** The next event of a watch; undefined when the watch has ended. */
export async function nextEvent(watch: AsyncGenerator<ExecutionResult, void, void>): Promise<WatchedEvent | undefined> {
  const { value, done } = await watch.next();
  if (done || !value) return undefined;
  if (value.errors) throw new Error(JSON.stringify(value.errors));
  return value.data?.snapTaskWatch as WatchedEvent;
}
