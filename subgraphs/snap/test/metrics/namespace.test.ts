import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  combinationsOf,
  dynamicElement,
  expandTuples,
  isPrefixOf,
  namespaceText,
  parseNamespace,
  staticElement,
  staticNamespace,
} from '../../src/metrics/namespace.ts';

describe('string form of a namespace', () => {
  it.each([
    [['intel', 'mock', 'foo'], '/intel/mock/foo'],
    [['intel', 'mock', '/foo=㊽'], '|intel|mock|/foo=㊽'],
    [['intel', 'mock', '*', 'baz㊽/|barᵹÄ☍'], '%intel%mock%*%baz㊽/|barᵹÄ☍'],
    [['/|%:-;_^><+=&㊽Ä大小ᵹ☍', 'x'], 'ヒ/|%:-;_^><+=&㊽Ä大小ᵹ☍ヒx'],
    [['/|%:-;_^><+=&㊽Ä大小ᵹ☍ヒ'], '\u{1F422}/|%:-;_^><+=&㊽Ä大小ᵹ☍ヒ'],
    [[''], '/'],
  ])('of %j is %s', (values, text) => {
    expect(namespaceText(values)).toBe(text);
  });

  it('is read back as it was, whatever the elements hold', () => {
    const element = fc.string({ unit: fc.constantFrom('/', '|', '%', ':', '-', '㊽', 'ヒ', 'a', '*', '(', ' ') });
    fc.assert(
      fc.property(
        fc.array(element, { minLength: 1, maxLength: 6 }).filter(([first]) => first !== ''),
        (values) => {
          expect(parseNamespace(namespaceText(values))).toEqual(values);
        },
      ),
    );
  });
});

describe('a requested namespace', () => {
  it.each([
    ['/intel/mock/foo', ['intel', 'mock', 'foo']],
    ['|intel|mock|/foo', ['intel', 'mock', '/foo']],
    ['///intel/mock', ['intel', 'mock']],
    ['/intel/mock/', ['intel', 'mock', '']],
    ['/', ['']],
    ['', ['']],
    ['/*', ['*']],
    ['intel', ['ntel']],
    ['\u{1F422}a\u{1F422}b', ['a', 'b']],
  ])('%s names its separator by its first character', (text, values) => {
    expect(parseNamespace(text)).toEqual(values);
  });

  it.each([
    [
      ['a', '(x;y)', 'b'],
      [
        ['a', 'x', 'b'],
        ['a', 'y', 'b'],
      ],
    ],
    [['( x ; y )'], [['x'], ['y']]],
    [['(x;*)'], [['*']]],
    [['(x;x)'], [['x']]],
    [
      ['(a;b)', '(c;d)'],
      [
        ['a', 'c'],
        ['a', 'd'],
        ['b', 'c'],
        ['b', 'd'],
      ],
    ],
    [['(a|b)'], [['a|b']]],
    [['plain'], [['plain']]],
  ])('%j stands for all combinations of its tuples', (values, expanded) => {
    expect(expandTuples(values)).toEqual(expanded);
    expect(combinationsOf(values)).toBe(expanded.length);
  });
});

describe('a namespace prefix', () => {
  const namespace = [staticElement('intel'), dynamicElement('host', ''), staticElement('baz')];

  it.each([
    [[], true],
    [['intel'], true],
    [['intel', '*'], true],
    [['intel', '*', 'baz'], true],
    [['intel', 'host0'], false],
    [['int'], false],
    [['intel', '*', 'baz', 'more'], false],
  ])('%j leads to /intel/*/baz: %s', (prefix, leads) => {
    expect(isPrefixOf(prefix, namespace)).toBe(leads);
  });

  it('with * leads to an instance of a dynamic element, not to a static one', () => {
    const instance = [staticElement('intel'), { ...dynamicElement('host', ''), value: 'host0' }];
    expect(isPrefixOf(['intel', '*'], instance)).toBe(true);
    expect(isPrefixOf(['intel', 'host0'], instance)).toBe(true);
    expect(isPrefixOf(['intel', '*'], staticNamespace('intel', 'host0'))).toBe(false);
  });
});
