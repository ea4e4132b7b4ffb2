import { messageOf } from '@pentagraph/kit';
import { type PluginKey, type PluginType, pluginId } from '../plugins/plugin.ts';
import type { CollectGroup, PluginHost, ResolvedNode } from '../plugins/plugin-host.ts';
import type { ProcessNode, PublishNode, Workflow } from './task.ts';

/** A publisher of a workflow with the plugin that serves it. */
export interface PlannedNode {
  /** Null: no plugin serves it, `fault` says why. */
  readonly resolved: ResolvedNode | null;
  readonly fault: string;
}

/** A processor of a workflow with the plugin that serves it, and what follows it. */
export interface PlannedProcess extends PlannedNode, PlannedChildren {}

/** What follows a collection or a processor. */
export interface PlannedChildren {
  readonly process: readonly PlannedProcess[];
  readonly publish: readonly PlannedNode[];
}

/** What a workflow stands for while the plugin world stays as it is. */
export interface WorkflowPlan extends PlannedChildren {
  /** The plugin world this was made for. */
  readonly revision: number;
  readonly groups: readonly CollectGroup[];
  /** Why metrics can't be collected. */
  readonly metricErrors: readonly string[];
  /** Why processors and publishers can't run; in the order of the workflow. */
  readonly nodeErrors: readonly string[];
  /** All plugins that serve it, each once. */
  readonly plugins: readonly PluginKey[];
}

/**
 * Finds the plugins and the configuration of a workflow. A node of which the plugin is gone keeps the one it had before, so
 * that its failure is the plugin world's: `plugin pool not found` (dossier 4.4).
 */
export function planWorkflow(host: PluginHost, workflow: Workflow, previous?: WorkflowPlan): WorkflowPlan {
  const { revision } = host;
  const { groups, errors: metricErrors } = host.resolveMetrics(workflow.metrics, workflow);
  const nodeErrors: string[] = [];
  const plugins = new Map(groups.map(({ plugin: { meta } }) => [pluginId(meta), meta as PluginKey]));

  const planNode = (type: PluginType, node: PublishNode, before: PlannedNode | undefined): PlannedNode => {
    try {
      const reference = { type, name: node.pluginName.toLowerCase(), version: node.pluginVersion };
      const resolved = host.resolveNode(reference, node.config);
      plugins.set(pluginId(resolved.plugin.meta), resolved.plugin.meta);
      return { resolved, fault: '' };
    } catch (error) {
      const fault = messageOf(error);
      nodeErrors.push(fault);
      return { resolved: before?.resolved ?? null, fault };
    }
  };
  const planChildren = (
    { process, publish }: Pick<ProcessNode, 'process' | 'publish'>,
    before: PlannedChildren | undefined,
  ): PlannedChildren => ({
    process: process.map((node, index) => {
      const nodeBefore = before?.process[index];
      return { ...planNode('processor', node, nodeBefore), ...planChildren(node, nodeBefore) };
    }),
    publish: publish.map((node, index) => planNode('publisher', node, before?.publish[index])),
  });

  const children = planChildren(workflow, previous);
  return { revision, groups, metricErrors, nodeErrors, plugins: [...plugins.values()], ...children };
}
