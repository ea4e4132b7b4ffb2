import { type ResolverMap, scalars } from '@pentagraph/kit';
import { createSnapTask } from './Mutation/createSnapTask.ts';
import { createSnapTaskFromManifest } from './Mutation/createSnapTaskFromManifest.ts';
import { deleteSnapPluginConfig } from './Mutation/deleteSnapPluginConfig.ts';
import { enableSnapTask } from './Mutation/enableSnapTask.ts';
import { loadSnapPlugin } from './Mutation/loadSnapPlugin.ts';
import { removeSnapTask } from './Mutation/removeSnapTask.ts';
import { setSnapPluginConfig } from './Mutation/setSnapPluginConfig.ts';
import { startSnapTask } from './Mutation/startSnapTask.ts';
import { stopSnapTask } from './Mutation/stopSnapTask.ts';
import { unloadSnapPlugin } from './Mutation/unloadSnapPlugin.ts';
import { snapMetric } from './Query/snapMetric.ts';
import { snapMetrics } from './Query/snapMetrics.ts';
import { snapPlugin } from './Query/snapPlugin.ts';
import { snapPluginConfig } from './Query/snapPluginConfig.ts';
import { snapPlugins } from './Query/snapPlugins.ts';
import { snapRunningPlugins } from './Query/snapRunningPlugins.ts';
import { snapTask } from './Query/snapTask.ts';
import { snapTasks } from './Query/snapTasks.ts';
import { SnapMetric } from './SnapMetric.ts';
import { SnapMetricsCollected } from './SnapMetricsCollected.ts';
import { SnapMetricValue } from './SnapMetricValue.ts';
import { SnapPlugin } from './SnapPlugin.ts';
import { SnapProcessNode } from './SnapProcessNode.ts';
import { SnapPublishNode } from './SnapPublishNode.ts';
import { SnapSchedule } from './SnapSchedule.ts';
import { SnapTask } from './SnapTask.ts';
import { SnapTaskDisabled } from './SnapTaskDisabled.ts';
import { SnapTaskEnded } from './SnapTaskEnded.ts';
import { SnapTaskEvent } from './SnapTaskEvent.ts';
import { SnapTaskStarted } from './SnapTaskStarted.ts';
import { SnapTaskStopped } from './SnapTaskStopped.ts';
import { SnapWorkflow } from './SnapWorkflow.ts';
import { snapTaskWatch } from './Subscription/snapTaskWatch.ts';

/** All resolvers of the snap domain. */
export const resolvers: ResolverMap = {
  ...scalars,
  Query: {
    snapMetric,
    snapMetrics,
    snapPlugin,
    snapPluginConfig,
    snapPlugins,
    snapRunningPlugins,
    snapTask,
    snapTasks,
  },
  Mutation: {
    createSnapTask,
    createSnapTaskFromManifest,
    deleteSnapPluginConfig,
    enableSnapTask,
    loadSnapPlugin,
    removeSnapTask,
    setSnapPluginConfig,
    startSnapTask,
    stopSnapTask,
    unloadSnapPlugin,
  },
  Subscription: { snapTaskWatch },
  SnapMetric,
  SnapMetricsCollected,
  SnapMetricValue,
  SnapPlugin,
  SnapProcessNode,
  SnapPublishNode,
  SnapSchedule,
  SnapTask,
  SnapTaskDisabled,
  SnapTaskEnded,
  SnapTaskEvent,
  SnapTaskStarted,
  SnapTaskStopped,
  SnapWorkflow,
};
