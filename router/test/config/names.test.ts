import { expect, it } from 'vitest';
import { addressText, hostName, listenAddress, withoutPassword } from '../../src/config/kinds.ts';
import { flagOf, variableOf } from '../../src/config/names.ts';
import { nearestName } from '../../src/config/nearest-name.ts';
import { sampleSchema } from './sample-schema.ts';

it('derives flags and variables mechanically', () => {
  expect([flagOf('port'), variableOf('port')]).toEqual(['--port', 'PENTAGRAPH_PORT']);
  expect([flagOf('listen.dragonflyPieces'), variableOf('listen.dragonflyPieces')]).toEqual([
    '--listen.dragonfly-pieces',
    'PENTAGRAPH_LISTEN_DRAGONFLY_PIECES',
  ]);
});

it('gives no two keys the same variable', () => {
  const variables = [...sampleSchema.keys.keys()].map(variableOf);
  expect(new Set(variables).size).toBe(variables.length);
});

it('accepts the example of every key', () => {
  for (const { path, setting } of sampleSchema.keys.values())
    expect(setting.kind.read(setting.example), path).toBeDefined();
});

it.each([
  ['127.0.0.1:8181', { host: '127.0.0.1', port: 8181 }],
  ['localhost:0', { host: 'localhost', port: 0 }],
  ['[::1]:80', { host: '::1', port: 80 }],
  ['unix:/run/x.sock', { path: '/run/x.sock' }],
])('reads the address %s and writes it back', (text, address) => {
  const read = listenAddress.read(text);
  expect(read).toEqual(address);
  expect(read && addressText(read)).toBe(text);
});

it.each(['', ':80', '80', 'a:65536', '::1:80', '[a]:80', 'unix:relative', 'a b:1', 'a:1/x', 80])(
  'takes %j for no address',
  (given) => expect(listenAddress.read(given)).toBeUndefined(),
);

it.each(['127.0.0.1', '::1', 'localhost', 'a-b.example.org'])('reads the host %s', (host) =>
  expect(hostName.read(host)).toBe(host),
);
it.each(['', '127.0.0.1:80', 'http://x', '-a', 4])('takes %j for no host', (given) =>
  expect(hostName.read(given)).toBeUndefined(),
);

it('hides passwords', () => {
  expect(withoutPassword('postgresql://u:p%40ss@h:1/d')).toBe('postgresql://u:***@h:1/d');
  expect(withoutPassword('redis://:secret@h')).toBe('redis://:***@h');
  expect(withoutPassword('postgresql://u:p@/s@h/d')).toBe('postgresql://u:***@h/d');
  expect(withoutPassword('redis://h:6379')).toBe('redis://h:6379');
});

it.each([
  ['serv', 'serve'],
  ['sreve', 'serve'],
  ['SERVE', 'serve'],
  ['compsoe', 'compose'],
  ['', undefined],
  ['zzzzz', undefined],
])('the name nearest to %j is %s', (given, nearest) => {
  expect(nearestName(given, ['serve', 'router', 'subgraph', 'compose'])).toBe(nearest);
});
