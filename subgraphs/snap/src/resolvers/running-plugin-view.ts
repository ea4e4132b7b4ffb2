import type { SnapRunningPlugin } from '../generated/resolver-types.ts';
import type { RunningPlugin } from '../plugins/pool/plugin-pools.ts';
import { pluginTypeName } from './plugin-type-names.ts';

/** A running instance as the graph shows it. */
export const runningPluginView = ({ type, lastHitAtMs, ...running }: RunningPlugin): SnapRunningPlugin => ({
  ...running,
  type: pluginTypeName(type),
  lastHitTime: new Date(lastHitAtMs),
});
