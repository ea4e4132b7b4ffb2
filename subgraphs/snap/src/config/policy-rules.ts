import type { ConfigValue, ConfigValues } from '../metrics/metric.ts';
import type { ConfigPolicy, ConfigRule, RuleType } from './config-policy.ts';

/** Where processors and publishers keep the rules of their one configuration (dossier 4.8). */
const ROOT_NAMESPACE: readonly string[] = [''];

/** The rules for a metric: all on its path, deeper ones winning, sorted by name (dossier 3.3, 4.8). */
export function rulesForPath(policy: ConfigPolicy, path: readonly string[]): readonly ConfigRule[] {
  const onPath = policy
    .filter(({ namespace }) => namespace.every((value, index) => value === path[index]))
    .sort((a, b) => a.namespace.length - b.namespace.length);
  const merged = new Map(onPath.flatMap(({ rules }) => rules.map((rule) => [rule.name, rule] as const)));
  return [...merged.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The rules of a processor or publisher, sorted by name. */
export const rootRules = (policy: ConfigPolicy): readonly ConfigRule[] => rulesForPath(policy, ROOT_NAMESPACE);

/** A policy of rules for a processor's or publisher's one configuration. */
export const rootPolicy = (...rules: readonly ConfigRule[]): ConfigPolicy => [{ namespace: ROOT_NAMESPACE, rules }];

/** A configuration that passed its rules, or why it didn't. */
export interface CheckedConfig {
  /** What was given, and the defaults for what wasn't. */
  readonly values: ConfigValues;
  /** One text per broken rule, in the order of the rules (dossier 3.5). */
  readonly errors: readonly string[];
}

/** Checks values against rules and fills in defaults. Keys without a rule pass. */
export function applyRules(rules: readonly ConfigRule[], given: ConfigValues): CheckedConfig {
  const errors: string[] = [];
  const defaults: [string, ConfigValue][] = [];
  for (const rule of rules) {
    const value = Object.hasOwn(given, rule.name) ? given[rule.name] : undefined;
    if (value !== undefined) errors.push(...faultsOf(rule, value));
    else if (rule.required) errors.push(`required key missing (${rule.name})`);
    else if (rule.default !== undefined) defaults.push([rule.name, rule.default]);
  }
  return { values: { ...Object.fromEntries(defaults), ...given }, errors };
}

/** The rule type a value has by itself. */
function typeOfValue(value: ConfigValue): RuleType {
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'bigint':
      return 'integer';
    default:
      return 'float';
  }
}

/** JSON has one kind of number: a rule for either kind takes both (the original: integer rules only). */
const isNumeric = (type: RuleType): boolean => type === 'integer' || type === 'float';

function faultsOf({ name, type, minimum, maximum }: ConfigRule, value: ConfigValue): readonly string[] {
  const provided = typeOfValue(value);
  if (provided !== type && !(isNumeric(provided) && isNumeric(type))) {
    return [`type mismatch (${name} wanted type '${type}' but provided type '${provided}')`];
  }
  if (typeof value !== 'bigint' && typeof value !== 'number') return [];
  const print = (number: number | bigint): string => (type === 'float' ? Number(number).toFixed(6) : String(number));
  if (minimum !== undefined && value < minimum) {
    return [`value is under minimum (${name} value ${print(value)} < ${print(minimum)})`];
  }
  if (maximum !== undefined && value > maximum) {
    return [`value is over maximum (${name} value ${print(value)} > ${print(maximum)})`];
  }
  return [];
}
