import type { GoEncodable } from '@pentagraph/kit/go-json';
import type { ConfigRuleFragment, SnapConfigValueType } from '../generated/snap-operations.ts';

const typeNames: Readonly<Record<SnapConfigValueType, string>> = {
  STRING: 'string',
  INTEGER: 'integer',
  FLOAT: 'float',
  BOOL: 'bool',
};

/** A policy as v1 bodies show it; left out when it has no rules (dossier 3.3). */
export const policyBody = (rules: readonly ConfigRuleFragment[]): GoEncodable =>
  rules.length === 0
    ? undefined
    : rules.map((rule) => ({
        name: rule.name,
        type: typeNames[rule.type],
        default: (rule.default ?? undefined) as GoEncodable,
        required: rule.required,
        minimum: rule.minimum ?? undefined,
        maximum: rule.maximum ?? undefined,
      }));
