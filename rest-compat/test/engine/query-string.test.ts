import { expect, test } from 'vitest';
import { percentDecode, QueryString } from '../../src/engine/query-string.ts';

test('a query has names with and without values, several of one name, and blanks as plus', () => {
  const query = new QueryString('details&ns=%2Fintel%2F%2A&ver=&name=a+b&name=c');
  expect(query.has('details')).toBe(true);
  expect(query.get('details')).toBe('');
  expect(query.get('ns')).toBe('/intel/*');
  expect(query.get('ver')).toBe('');
  expect(query.all('name')).toEqual(['a b', 'c']);
  expect(query.get('other')).toBeUndefined();
});

test('a wrongly encoded pair does not count, the others do', () => {
  const query = new QueryString('a=%zz&%=1&b=2');
  expect(query.has('a')).toBe(false);
  expect(query.get('b')).toBe('2');
});

test.each([
  ['/a%20b', '/a b'],
  ['/%E3%8A%BD', '/㊽'],
  ['/㊽%41', '/㊽A'],
  ['/%ff', '/\uFFFD'],
  ['/%', undefined],
  ['/%4', undefined],
  ['/%zz', undefined],
])('%s is decoded to %s', (encoded, decoded) => {
  expect(percentDecode(encoded)).toBe(decoded);
});
