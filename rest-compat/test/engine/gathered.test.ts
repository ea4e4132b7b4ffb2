import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { gathered } from '../../src/engine/gathered.ts';

const bytes = (count: number) => Buffer.alloc(count, 'x');

test.each<[string, readonly number[], readonly number[]]>([
  ['nothing', [], []],
  ['less than asked for', [3], [3]],
  ['small chunks until there is enough', [4, 4, 4, 4, 4], [12, 8]],
  ['large chunks as they are', [10, 30, 1], [10, 30, 1]],
])('gathers %s', async (_what, given, expected) => {
  const sizes: number[] = [];
  const source = Readable.from(given.map(bytes));
  for await (const chunk of gathered(source, 10)) sizes.push(chunk.byteLength);
  expect(sizes).toEqual(expected);
});

test('keeps the order of the bytes', async () => {
  const source = Readable.from(['ab', 'c', 'defg', 'h'].map((text) => Buffer.from(text)));
  const chunks: Buffer[] = [];
  for await (const chunk of gathered(source, 3)) chunks.push(chunk);
  expect(chunks.map(String)).toEqual(['abc', 'defg', 'h']);
});
