import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { lockFile } from './lock-file.ts';

/** The directory of everything that is kept, held by this process alone. */
export interface DataDirectory {
  /** Absolute. */
  readonly path: string;
  /** Uploads on their way in; empty at every start. */
  readonly stagingDir: string;
  /** The directory of a domain's files, made when it is not there. */
  domainDir(domain: string): string;
  close(): void;
}

/** Only the user who runs the process may look inside: it holds databases, plugin files and uploads. */
const PRIVATE = 0o700;

/** Makes a directory and those above it. Node's own `recursive` never returns where the system forbids it with ENOENT (/proc). */
function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { mode: PRIVATE });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    makeDirectory(dirname(path));
    mkdirSync(path, { mode: PRIVATE });
  }
}

/**
 * Makes the directory where it does not exist, and locks it.
 * @throws StartError when another process uses it.
 */
export function openDataDirectory(path: string): DataDirectory {
  const root = resolve(path);
  const make = (name: string): string => {
    const directory = join(root, name);
    makeDirectory(directory);
    return directory;
  };
  make('.');
  const lock = lockFile(join(root, 'pentagraph.lock'));
  try {
    // What a killed process had received in part belongs to nobody any more.
    rmSync(join(root, 'staging'), { recursive: true, force: true });
    return { path: root, stagingDir: make('staging'), domainDir: make, close: lock.release };
  } catch (error) {
    lock.release();
    throw error;
  }
}
