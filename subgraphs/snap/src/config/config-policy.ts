import type { ConfigValue } from '../metrics/metric.ts';

/** The type of a configuration value. */
export type RuleType = 'string' | 'integer' | 'float' | 'bool';

/** One key a plugin accepts. */
export interface ConfigRule {
  readonly name: string;
  readonly type: RuleType;
  readonly required: boolean;
  readonly default?: ConfigValue;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
}

/** Rules by namespace: the policy of a metric is the merge of the rules on its path, deeper ones winning (dossier 4.8). */
export type ConfigPolicy = readonly { readonly namespace: readonly string[]; readonly rules: readonly ConfigRule[] }[];
