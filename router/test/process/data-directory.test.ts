import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDataDirectory } from '../../src/process/data-directory.ts';
import { temporaryDirectory } from './temporary-directory.ts';

it('makes a directory for this user alone, with a lock', () => {
  const path = join(temporaryDirectory(), 'a', 'b');
  const directory = openDataDirectory(path);
  expect(directory.path).toBe(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(readdirSync(path).sort()).toEqual(['pentagraph.lock', 'staging']);
  expect(() => openDataDirectory(path)).toThrow('is held by the running process');
  directory.close();
  openDataDirectory(path).close();
});

it('forgets what a killed process had staged, and keeps the files of domains', () => {
  const path = temporaryDirectory();
  const first = openDataDirectory(path);
  writeFileSync(join(first.stagingDir, 'half'), 'x');
  writeFileSync(join(first.domainDir('snap'), 'plugin'), 'x');
  first.close();
  const second = openDataDirectory(path);
  expect(readdirSync(second.stagingDir)).toEqual([]);
  expect(existsSync(join(second.domainDir('snap'), 'plugin'))).toBe(true);
  second.close();
});

it('does not open below a file', () => {
  const path = join(temporaryDirectory(), 'file');
  writeFileSync(path, '');
  expect(() => openDataDirectory(join(path, 'data'))).toThrow('ENOTDIR');
  expect(() => openDataDirectory(path)).toThrow('EEXIST');
});

it.runIf(existsSync('/proc/self'))('does not open where the system lets nobody make a directory', () => {
  expect(() => openDataDirectory('/proc/pentagraph/data')).toThrow('ENOENT');
});
