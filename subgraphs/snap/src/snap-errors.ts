import { defineErrors } from '@pentagraph/kit';

/**
 * Makes the errors of the snap domain: code, and the status its REST API answers with. The statuses are the original's
 * (500 for most client mistakes): its clients and the seed depend on them (dossier 2.2, 6.9).
 */
export const snapError = defineErrors('snap', {
  SNAP_PLUGIN_NOT_FOUND: 404,
  SNAP_PLUGIN_ALREADY_LOADED: 409,
  SNAP_PLUGIN_LOAD_FAILED: 500,
  SNAP_PLUGIN_IN_USE: 500,
  SNAP_CONFIG_INVALID: 400,
  SNAP_METRIC_NOT_FOUND: 404,
  SNAP_METRIC_AMBIGUOUS: 404,
  SNAP_TASK_NOT_FOUND: 404,
  SNAP_TASK_REFUSED: 500,
  SNAP_TASK_DISABLED: 409,
  SNAP_TASK_INVALID: 500,
  SNAP_TASK_NOT_STARTED: 500,
});
