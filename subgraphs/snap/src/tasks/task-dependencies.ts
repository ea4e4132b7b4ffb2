import type { ScheduleDefinition } from './schedule.ts';
import type { WorkflowPlan } from './workflow-plan.ts';

/**
 * Why a task can't be created with the plugins of this moment; empty when it can. Metrics that are missing, or are of the
 * wrong kind for the schedule, hide everything else; of the processors and publishers the first fault is told (dossier 3.5).
 */
export function dependencyFaults(plan: WorkflowPlan, schedule: ScheduleDefinition): readonly string[] {
  const missing = plan.metricErrors.filter((message) => message.startsWith('Metric not found: '));
  const mismatches = collectorMismatches(plan, schedule);
  if (missing.length > 0 || mismatches.length > 0) return [...missing, ...mismatches];
  return [...plan.metricErrors, ...plan.nodeErrors.slice(0, 1)];
}

/** A streaming task needs exactly one collector, and that a streaming one; no other task takes one. */
function collectorMismatches({ groups }: WorkflowPlan, { type }: ScheduleDefinition): readonly string[] {
  const wanted = type === 'streaming' ? 'streaming-collector' : 'collector';
  const faults: string[] = [];
  if (groups.some(({ plugin }) => plugin.meta.type !== wanted)) {
    faults.push('Plugin is incompatible with the tasks schedule type.');
  }
  if (type === 'streaming' && groups.length > 1) {
    faults.push('Multiple streaming plugins within the same task is not supported.');
  }
  return faults;
}
