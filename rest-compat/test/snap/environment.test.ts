import { expect, test } from 'vitest';
import { expandEnvironment } from '../../src/snap/environment.ts';

const environment = { HOME: '/root', A_1: 'one', PENTAGRAPH_REDIS_URL: 'redis://:secret@host', '?': 'special' };

const inBraces = (name: string) => `\${${name}}`;

test.each([
  ['$HOME/x', '/root/x'],
  [`${inBraces('HOME')}x`, '/rootx'],
  ['{"a":"$A_1","b":"$A_1-b"}', '{"a":"one","b":"one-b"}'],
  ['a$UNSET-b', 'a-b'],
  [`${inBraces('UNSET')}b`, 'b'],
  ['costs 5$', 'costs 5$'],
  ['$ 5', '$ 5'],
  ['$5x', 'x'],
  [`${inBraces('')}x`, 'x'],
  ['${open', 'open'],
  ['$?', 'special'],
  [`$PENTAGRAPH_REDIS_URL|${inBraces('PENTAGRAPH_REDIS_URL')}`, '|'],
])('%s becomes %s', (text, expanded) => {
  expect(expandEnvironment(text, environment)).toBe(expanded);
});
