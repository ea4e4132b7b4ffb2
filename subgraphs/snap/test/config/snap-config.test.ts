import { describe, expect, it } from 'vitest';
import { snapSettings } from '../../src/snap-config.ts';

describe('settings of snap', () => {
  it.each([
    ['all', 'all'],
    ['none', 'none'],
    ['collector/mock/1, Publisher/File/1', ['collector/mock/1', 'publisher/file/1']],
    [['collector/mock/1'], ['collector/mock/1']],
    ['some', undefined],
    ['', undefined],
    ['collector/mock/0', undefined],
    [[], undefined],
    [{}, undefined],
  ])('builtinPlugins reads %j as %j', (given, value) => {
    expect(snapSettings.builtinPlugins.kind.read(given)).toEqual(value);
  });

  it.each([
    ['{"/": {"site": "lab"}}', { '/': { site: 'lab' } }],
    [{ '/intel/mock': { a: 'b' } }, { '/intel/mock': { a: 'b' } }],
    [{}, {}],
    ['{"/": {"site": 5}}', undefined],
    ['{"intel": {"a": "b"}}', undefined],
    ['{', undefined],
    [['a'], undefined],
    [null, undefined],
  ])('tags reads %j as %j', (given, value) => {
    expect(snapSettings.tags.kind.read(given)).toEqual(value);
  });

  it('takes its own defaults', () => {
    for (const { kind, default: value } of Object.values(snapSettings)) {
      expect((kind.read as (given: unknown) => unknown)(value)).toEqual(value);
    }
  });
});
