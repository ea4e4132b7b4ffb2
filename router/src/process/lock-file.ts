import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { StartError } from './start-error.ts';

/** Who holds a lock. The start time tells a process from a later one that got the same pid. */
interface Holder {
  readonly pid: number;
  readonly startedAt: string | null;
  readonly hostname: string;
  /** Tells two holders within one process apart. */
  readonly id: string;
}

export interface FileLock {
  release(): void;
}

/** The locks of this very process, which is alive whatever its lock files say. */
const held = new Set<string>();

/** When a process started, in clock ticks since boot; null where /proc doesn't tell. */
function startTimeOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in parentheses, which may hold blanks and parentheses itself.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null;
  } catch {
    return null;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process that wrote the lock can still be at work. */
function isAlive({ pid, startedAt, id }: Holder): boolean {
  if (pid === process.pid) return held.has(id);
  if (!exists(pid)) return false;
  return startedAt === null || startTimeOf(pid) === startedAt;
}

/** The holder that a lock file names; undefined when there is no file, or a torn one that names nobody. */
function readHolder(path: string): { readonly text: string; readonly holder: Holder | undefined } | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    const holder = JSON.parse(text) as Partial<Holder> | null;
    const complete = Number.isInteger(holder?.pid) && typeof holder?.hostname === 'string';
    return { text, holder: complete ? (holder as Holder) : undefined };
  } catch {
    return { text, holder: undefined };
  }
}

const refuse = (path: string, { pid, hostname: host }: Holder): never => {
  if (host !== hostname())
    throw new StartError(`${path} is held by process ${pid} on the machine '${host}'.`, {
      advice: `If no process uses the directory any more (a container that was removed), delete ${path}.`,
    });
  throw new StartError(`${path} is held by the running process ${pid}.`, {
    advice: `Stop it (kill ${pid}), or give this one a directory of its own: --data-dir <dir>.`,
  });
};

/** Locks come and go while several processes start; what is still in the way after so many looks is no lock. */
const MAX_ATTEMPTS = 100;

const inTheWay = (path: string) =>
  new StartError(`${path} is in the way: it is no lock, and can't be read.`, { advice: `Delete ${path}.` });

/** Moves a dead holder's lock out of the way, unless somebody else was faster. */
function clear(path: string, staleText: string): void {
  const aside = `${path}.${randomUUID()}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  // A faster process may have cleared the stale lock and set its own in between: give that one back.
  if (readFileSync(aside, 'utf8') !== staleText) linkSync(aside, path);
  rmSync(aside);
}

/**
 * Takes a lock that lives as long as this process: a file with the pid. The lock of a process that is gone is taken over.
 * @throws StartError when another process holds it, or a process of another machine that can't be asked.
 */
export function lockFile(path: string): FileLock {
  const mine: Holder = {
    pid: process.pid,
    startedAt: startTimeOf(process.pid),
    hostname: hostname(),
    id: randomUUID(),
  };
  const draft = `${path}.${mine.id}`;
  writeFileSync(draft, `${JSON.stringify(mine)}\n`, { mode: 0o600, flag: 'wx' });
  try {
    for (let attempt = 1; !tryLink(draft, path); attempt++) {
      if (attempt === MAX_ATTEMPTS) throw inTheWay(path);
      const found = readHolder(path);
      if (!found) continue;
      const { holder } = found;
      if (holder && (holder.hostname !== mine.hostname || isAlive(holder))) refuse(path, holder);
      clear(path, found.text);
    }
  } finally {
    rmSync(draft);
  }
  held.add(mine.id);
  return {
    release() {
      if (!held.delete(mine.id)) return;
      if (readHolder(path)?.holder?.id === mine.id) rmSync(path);
    },
  };
}

/** A hard link appears whole or not at all, so no other process ever reads half a lock. */
function tryLink(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
