import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A file that came with a request and waits in the staging area: `<stagingDir>/<id>/content`, facts in `upload.json` beside it. */
export interface StagedFile {
  /** What an operation calls it. */
  readonly id: string;
  /** The base name that the client gave it. */
  readonly fileName: string;
  readonly bytes: number;
  /** SHA-256 of the content, hex. */
  readonly sha256: string;
}

/** Makes room for one file. */
export async function openStaging(stagingDir: string): Promise<{ readonly id: string; readonly contentPath: string }> {
  const id = randomUUID();
  await mkdir(join(stagingDir, id), { recursive: true, mode: 0o700 });
  return { id, contentPath: join(stagingDir, id, 'content') };
}

export const describeStaged = (stagingDir: string, { id, ...facts }: StagedFile): Promise<void> =>
  writeFile(join(stagingDir, id, 'upload.json'), JSON.stringify(facts), { mode: 0o600 });

export const removeStaged = (stagingDir: string, id: string): Promise<void> =>
  rm(join(stagingDir, id), { recursive: true, force: true });

/** Removes what a process that died left behind; uploads of this process's own lifetime stay. */
export async function removeLeftovers(stagingDir: string): Promise<void> {
  await mkdir(stagingDir, { recursive: true, mode: 0o700 });
  const startedMs = performance.timeOrigin;
  for (const name of await readdir(stagingDir)) {
    const { mtimeMs } = await stat(join(stagingDir, name));
    if (mtimeMs < startedMs) await removeStaged(stagingDir, name);
  }
}
