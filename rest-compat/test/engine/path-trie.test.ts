import { expect, test } from 'vitest';
import { PathTrie } from '../../src/engine/path-trie.ts';

function trieOf(...patterns: readonly string[]): PathTrie<string> {
  const trie = new PathTrie<string>();
  for (const pattern of patterns) trie.add(pattern, pattern);
  return trie;
}

const found = (trie: PathTrie<string>, path: string) => trie.find(path).map(({ entry, params }) => ({ entry, params }));

test.each([
  ['/tasks', '/tasks', {}],
  ['/tasks/7', '/tasks/:id', { id: '7' }],
  ['/tasks/7/watch', '/tasks/:id/watch', { id: '7' }],
  ['/tasks/all', '/tasks/all', {}],
  ['/tasks/all/watch', '/tasks/:id/watch', { id: 'all' }],
  ['/metrics/', '/metrics/*namespace', { namespace: '/' }],
  ['/metrics/a/b/', '/metrics/*namespace', { namespace: '/a/b/' }],
  ['/', '/', {}],
])('%s is found under %s', (path, pattern, params) => {
  const trie = trieOf('/', '/tasks', '/tasks/:id', '/tasks/:id/watch', '/tasks/all', '/metrics', '/metrics/*namespace');
  expect(found(trie, path)).toEqual([{ entry: pattern, params }]);
});

test.each(['/tasks/', '/tasks//watch', '/Tasks', '/tasks/7/x', '/nothing', '//tasks', ''])(
  '%j is not found',
  (path) => {
    expect(trieOf('/tasks', '/tasks/:id', '/tasks/:id/watch').find(path)).toEqual([]);
  },
);

test('entries under one pattern come in the order they were added, with their own names of the parameters', () => {
  const trie = new PathTrie<string>();
  trie.add('/pods/:id', 'first');
  trie.add('/pods/:name', 'second');
  expect(found(trie, '/pods/x')).toEqual([
    { entry: 'first', params: { id: 'x' } },
    { entry: 'second', params: { name: 'x' } },
  ]);
});

test.each([
  ['/TASKS/AbC/Watch', '/tasks/AbC/watch'],
  ['/Metrics/A/b', '/metrics/A/b'],
  ['/tasks', '/tasks'],
  ['/other', undefined],
])('the letter case of %s is corrected to %s, that of parameters is kept', (path, corrected) => {
  expect(trieOf('/tasks', '/tasks/:id/watch', '/metrics/*namespace').correctCase(path)).toBe(corrected);
});

test('a rest stands only at the end of a pattern', () => {
  expect(() => trieOf('/a/*rest/b')).toThrow("'*' stands only at the end");
});
