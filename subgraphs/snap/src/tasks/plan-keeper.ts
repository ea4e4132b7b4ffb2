import type { PluginHost } from '../plugins/plugin-host.ts';
import type { Workflow } from './task.ts';
import { planWorkflow, type WorkflowPlan } from './workflow-plan.ts';

/** Keeps a started task's plan and its subscriptions in step with the plugin world. */
export class PlanKeeper {
  readonly #host: PluginHost;
  readonly #taskId: string;
  readonly #workflow: Workflow;
  #plan: WorkflowPlan | undefined;
  #subscribedTo: WorkflowPlan | undefined;

  constructor(host: PluginHost, taskId: string, workflow: Workflow) {
    this.#host = host;
    this.#taskId = taskId;
    this.#workflow = workflow;
  }

  /** The plan for this moment, its plugins subscribed. @throws Error when a plugin can't be started; asked again, it tries again */
  async current(signal: AbortSignal): Promise<WorkflowPlan> {
    const plan = this.resolve();
    if (this.#subscribedTo !== plan) {
      await this.#host.subscribe(this.#taskId, plan.plugins, signal);
      this.#subscribedTo = plan;
    }
    return plan;
  }

  /** The plan for this moment; subscribes nothing. */
  resolve(): WorkflowPlan {
    if (this.#plan?.revision !== this.#host.revision) this.#plan = planWorkflow(this.#host, this.#workflow, this.#plan);
    return this.#plan;
  }

  async release(): Promise<void> {
    this.#subscribedTo = undefined;
    await this.#host.unsubscribe(this.#taskId);
  }
}
