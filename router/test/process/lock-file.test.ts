import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { lockFile } from '../../src/process/lock-file.ts';
import { StartError } from '../../src/process/start-error.ts';
import { temporaryDirectory } from './temporary-directory.ts';

const lockPath = () => join(temporaryDirectory(), 'lock');

function refusal(path: string): StartError {
  try {
    lockFile(path);
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error('The lock was granted.');
}

const write = (path: string, holder: object) =>
  writeFileSync(path, JSON.stringify({ hostname: hostname(), startedAt: null, id: 'other', ...holder }));

async function runningProcess(): Promise<{ readonly pid: number; kill(): Promise<void> }> {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  await once(child, 'spawn');
  const kill = async () => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  onTestFinished(() => void child.kill('SIGKILL'));
  return { pid: child.pid as number, kill };
}

it('is held until it is released, and leaves nothing behind', () => {
  const path = lockPath();
  const lock = lockFile(path);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.pid, hostname: hostname() });
  expect(refusal(path).message).toBe(`${path} is held by the running process ${process.pid}.`);
  lock.release();
  lock.release();
  expect(existsSync(path)).toBe(false);
  lockFile(path).release();
  expect(readdirSync(join(path, '..'))).toEqual([]);
});

it('is refused while another process lives, and taken over when that is gone', async () => {
  const path = lockPath();
  const other = await runningProcess();
  write(path, { pid: other.pid });
  const { message, advice } = refusal(path);
  expect(message).toBe(`${path} is held by the running process ${other.pid}.`);
  expect(advice).toBe(`Stop it (kill ${other.pid}), or give this one a directory of its own: --data-dir <dir>.`);
  await other.kill();
  lockFile(path).release();
});

it.runIf(existsSync('/proc/self/stat'))('is taken over from a process whose pid was given to another one', async () => {
  const path = lockPath();
  const { pid } = await runningProcess();
  write(path, { pid, startedAt: '1' });
  lockFile(path).release();
  expect(existsSync(path)).toBe(false);
});

it('is taken over from an earlier process with our own pid, as in a container', () => {
  const path = lockPath();
  write(path, { pid: process.pid });
  lockFile(path).release();
  expect(existsSync(path)).toBe(false);
});

it('is refused while it belongs to another machine, whose processes cannot be asked', () => {
  const path = lockPath();
  write(path, { pid: 1, hostname: 'elsewhere' });
  const { message, advice } = refusal(path);
  expect(message).toBe(`${path} is held by process 1 on the machine 'elsewhere'.`);
  expect(advice).toContain(`delete ${path}`);
});

it.each(['', '{', 'null', '[]', '{"pid":"x"}'])('is taken over when it names nobody: %j', (text) => {
  const path = lockPath();
  writeFileSync(path, text);
  const lock = lockFile(path);
  expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
  lock.release();
});

it('is refused for good while a link to nowhere is in the way', () => {
  const path = lockPath();
  symlinkSync('/nowhere/at/all', path);
  const { message, advice } = refusal(path);
  expect(message).toContain(`${path} is in the way`);
  expect(advice).toBe(`Delete ${path}.`);
});

it('is not removed when somebody else holds it by now', () => {
  const path = lockPath();
  const lock = lockFile(path);
  write(path, { pid: 1 });
  lock.release();
  expect(existsSync(path)).toBe(true);
});
