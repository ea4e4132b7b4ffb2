import { configValuesToObject } from '../config/config-values.ts';
import type { ConfigValues } from '../metrics/metric.ts';

/** The configuration of a workflow's node as the graph shows it; null when it has none. */
export const nodeConfigView = (config: ConfigValues) =>
  Object.keys(config).length > 0 ? configValuesToObject(config) : null;
