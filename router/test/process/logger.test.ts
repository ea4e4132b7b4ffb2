import { expect, it } from 'vitest';
import { isPretty } from '../../src/process/logger.ts';

it.each([
  ['auto', true, true],
  ['auto', false, false],
  ['pretty', false, true],
  ['json', true, false],
] as const)('format %s on a terminal (%s) is pretty: %s', (format, terminal, pretty) => {
  expect(isPretty({ format, terminal })).toBe(pretty);
});
