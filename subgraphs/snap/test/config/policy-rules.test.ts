import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConfigRule } from '../../src/config/config-policy.ts';
import { applyRules, rootPolicy, rootRules, rulesForPath } from '../../src/config/policy-rules.ts';
import type { ConfigValue } from '../../src/metrics/metric.ts';

const rule = (name: string, extra: Partial<ConfigRule> = {}): ConfigRule => ({
  name,
  type: 'string',
  required: false,
  ...extra,
});

describe('checking a configuration', () => {
  it.each<[Partial<ConfigRule>, ConfigValue | undefined, string]>([
    [{ required: true }, undefined, 'required key missing (k)'],
    [{ required: true, default: 'x' }, undefined, 'required key missing (k)'],
    [{ type: 'string' }, 5n, "type mismatch (k wanted type 'string' but provided type 'integer')"],
    [{ type: 'string' }, 5.5, "type mismatch (k wanted type 'string' but provided type 'float')"],
    [{ type: 'integer' }, 'a', "type mismatch (k wanted type 'integer' but provided type 'string')"],
    [{ type: 'bool' }, 'true', "type mismatch (k wanted type 'bool' but provided type 'string')"],
    [{ type: 'float' }, true, "type mismatch (k wanted type 'float' but provided type 'bool')"],
    [{ type: 'integer', minimum: 2n }, 1n, 'value is under minimum (k value 1 < 2)'],
    [{ type: 'integer', maximum: 5n }, 9n, 'value is over maximum (k value 9 > 5)'],
    [{ type: 'float', minimum: 2.5 }, 1.25, 'value is under minimum (k value 1.250000 < 2.500000)'],
    [{ type: 'float', maximum: 2 }, 3n, 'value is over maximum (k value 3.000000 > 2.000000)'],
  ])('%o refuses %s', (extra, value, error) => {
    const { errors } = applyRules([rule('k', extra)], value === undefined ? {} : { k: value });
    expect(errors).toEqual([error]);
  });

  it.each<[Partial<ConfigRule>, ConfigValue]>([
    [{ type: 'integer', minimum: 1, maximum: 3n }, 3n],
    [{ type: 'integer' }, 2.5],
    [{ type: 'float' }, 2n],
    [{ type: 'bool' }, false],
    [{ type: 'string' }, ''],
    [{ type: 'integer', maximum: 2n ** 63n }, 2n ** 62n],
  ])('%o takes %s', (extra, value) => {
    expect(applyRules([rule('k', extra)], { k: value })).toEqual({ values: { k: value }, errors: [] });
  });

  it('tells every broken rule and fills in defaults for what is absent', () => {
    const rules = [rule('a', { required: true }), rule('b', { default: 'x' }), rule('c', { type: 'bool' })];
    expect(applyRules(rules, { c: 1n, other: 'kept' })).toEqual({
      values: { b: 'x', c: 1n, other: 'kept' },
      errors: ['required key missing (a)', "type mismatch (c wanted type 'bool' but provided type 'integer')"],
    });
  });

  it('does not take a key for given that every object inherits', () => {
    expect(applyRules([rule('constructor', { required: true })], {}).errors).toEqual([
      'required key missing (constructor)',
    ]);
  });

  it('never loses or changes what was given, whatever the keys', () => {
    const key = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'k'));
    const value = fc.oneof(fc.string(), fc.boolean(), fc.bigInt(), fc.double({ noNaN: true }));
    fc.assert(
      fc.property(
        fc.dictionary(key, value, { noNullPrototype: true }),
        fc.array(fc.record({ name: key, default: value })),
        (given, defaults) => {
          const rules = defaults.map((extra) => rule(extra.name, extra));
          const values = new Map(Object.entries(applyRules(rules, given).values));
          for (const [name, held] of Object.entries(given)) expect(values.get(name)).toBe(held);
          for (const { name } of rules) expect(values.has(name)).toBe(true);
          expect(values.size).toBe(new Set([...Object.keys(given), ...rules.map(({ name }) => name)]).size);
        },
      ),
    );
  });
});

describe('the rules of a metric', () => {
  const policy = [
    { namespace: ['a', 'b'], rules: [rule('k', { default: 'deep' }), rule('z')] },
    { namespace: ['a'], rules: [rule('k', { default: 'shallow' }), rule('m')] },
    { namespace: ['other'], rules: [rule('o')] },
    ...rootPolicy(rule('root')),
  ];

  it.each([
    [
      ['a', 'b', 'c'],
      ['k=deep', 'm=', 'z='],
    ],
    [
      ['a', 'c'],
      ['k=shallow', 'm='],
    ],
    [['c'], []],
  ])('on the path %j are %j, sorted by name', (path, expected) => {
    expect(rulesForPath(policy, path).map((found) => `${found.name}=${found.default ?? ''}`)).toEqual(expected);
  });

  it('of a processor or publisher stand at the root', () => {
    expect(rootRules(policy).map(({ name }) => name)).toEqual(['root']);
  });
});
