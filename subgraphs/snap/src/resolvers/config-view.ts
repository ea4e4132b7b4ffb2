import type { ConfigRule, RuleType } from '../config/config-policy.ts';
import { configValuesToJson, configValuesToObject } from '../config/config-values.ts';
import type { SnapConfigRule, SnapConfigValueType, SnapPluginConfig } from '../generated/resolver-types.ts';
import type { ConfigValue, ConfigValues } from '../metrics/metric.ts';

const ruleTypes: Readonly<Record<RuleType, SnapConfigValueType>> = {
  string: 'STRING',
  integer: 'INTEGER',
  float: 'FLOAT',
  bool: 'BOOL',
};

/** A rule as the graph shows it; integers beyond 2^53 lose digits. */
export const configRuleView = ({ name, type, required, minimum, maximum, ...rule }: ConfigRule): SnapConfigRule => ({
  name,
  type: ruleTypes[type],
  required,
  default: plainValue(rule.default),
  minimum: minimum === undefined ? null : Number(minimum),
  maximum: maximum === undefined ? null : Number(maximum),
});

/** Stored configuration as the graph shows it. */
export const pluginConfigView = (values: ConfigValues): SnapPluginConfig => ({
  values: configValuesToObject(values),
  json: configValuesToJson(values),
});

const plainValue = (value: ConfigValue | undefined): string | number | boolean | null =>
  typeof value === 'bigint' ? Number(value) : (value ?? null);
