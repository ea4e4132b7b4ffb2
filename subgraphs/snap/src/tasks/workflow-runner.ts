import { type Clock, messageOf } from '@pentagraph/kit';
import type { MetricSample } from '../metrics/metric.ts';
import type { PluginHost, ResolvedNode } from '../plugins/plugin-host.ts';
import { type QueueLimits, WorkQueue } from './work-queue.ts';
import type { PlannedChildren, PlannedNode, PlannedProcess, WorkflowPlan } from './workflow-plan.ts';

/** One run of a task's workflow. */
export interface Firing {
  readonly taskId: string;
  readonly plan: WorkflowPlan;
  /** When its jobs may no longer begin, milliseconds since the Unix epoch. */
  readonly deadlineMs: number;
  /** Gives up on the plugins. */
  readonly signal: AbortSignal;
  /** Hears of what was collected before anything is done with it. */
  onCollected(samples: readonly MetricSample[]): void;
}

/** The three kinds of work of a workflow; each has a queue and workers of its own. */
export const workKinds = ['collect', 'process', 'publish'] as const;
export type WorkKind = (typeof workKinds)[number];

/** Runs workflows: collects, then processes and publishes down the tree, children side by side (dossier 4.9). */
export class WorkflowRunner {
  readonly #host: PluginHost;
  readonly #queues: Readonly<Record<WorkKind, WorkQueue>>;

  constructor(host: PluginHost, limits: QueueLimits, clock: Clock) {
    this.#host = host;
    this.#queues = {
      collect: new WorkQueue(limits, clock),
      process: new WorkQueue(limits, clock),
      publish: new WorkQueue(limits, clock),
    };
  }

  /** Jobs that wait, by kind. */
  queueLength(kind: WorkKind): number {
    return this.#queues[kind].length;
  }

  /** Ends when everything has ended. @returns the texts of its failures, one per failed job, in the order they happened */
  async fire(firing: Firing): Promise<readonly string[]> {
    let samples: readonly MetricSample[];
    try {
      samples = await this.#queues.collect.run(firing.deadlineMs, () => this.#collect(firing));
    } catch (error) {
      return [messageOf(error)];
    }
    return this.deliver(firing, samples);
  }

  /** The part of a firing after its collection: for what a streaming collector sent. */
  async deliver(firing: Firing, samples: readonly MetricSample[]): Promise<readonly string[]> {
    const failures: string[] = [];
    firing.onCollected(samples);
    await this.#follow(firing, firing.plan, samples, failures);
    return failures;
  }

  /** All collectors of the task at once; any failure fails the collection. */
  async #collect({ taskId, plan, signal }: Firing): Promise<readonly MetricSample[]> {
    const missing = plan.metricErrors.at(-1);
    if (missing !== undefined) throw new Error(missing);
    const results = await Promise.allSettled(plan.groups.map((group) => this.#host.collect(taskId, group, signal)));
    const failed = results.findLast((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return results.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  }

  async #follow(
    firing: Firing,
    { process, publish }: PlannedChildren,
    samples: readonly MetricSample[],
    failures: string[],
  ): Promise<void> {
    await Promise.all([
      ...process.map((node) => this.#process(firing, node, samples, failures)),
      ...publish.map((node) => this.#publish(firing, node, samples, failures)),
    ]);
  }

  async #process(firing: Firing, node: PlannedProcess, samples: readonly MetricSample[], failures: string[]) {
    const { taskId, deadlineMs, signal } = firing;
    let processed: readonly MetricSample[];
    try {
      processed = await this.#queues.process.run(deadlineMs, () =>
        this.#host.process(taskId, resolvedOf(node), samples, signal),
      );
    } catch (error) {
      failures.push(messageOf(error));
      return;
    }
    await this.#follow(firing, node, processed, failures);
  }

  async #publish(firing: Firing, node: PlannedNode, samples: readonly MetricSample[], failures: string[]) {
    const { taskId, deadlineMs, signal } = firing;
    try {
      await this.#queues.publish.run(deadlineMs, () => this.#host.publish(taskId, resolvedOf(node), samples, signal));
    } catch (error) {
      failures.push(messageOf(error));
    }
  }
}

function resolvedOf({ resolved, fault }: PlannedNode): ResolvedNode {
  if (!resolved) throw new Error(fault);
  return resolved;
}
