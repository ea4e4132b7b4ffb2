import { open } from 'node:fs/promises';

interface PendingText {
  readonly text: string;
  resolve(): void;
  reject(error: unknown): void;
}

/** System errors in Go's words. */
const goWords: Readonly<Record<string, string>> = {
  EISDIR: 'is a directory',
  ENOENT: 'no such file or directory',
  ENOTDIR: 'not a directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  EROFS: 'read-only file system',
  ENOSPC: 'no space left on device',
  EDQUOT: 'disk quota exceeded',
  EFBIG: 'file too large',
  EMFILE: 'too many open files',
  ENFILE: 'too many open files in system',
  ENAMETOOLONG: 'file name too long',
  ELOOP: 'too many levels of symbolic links',
  EIO: 'input/output error',
};

/**
 * Appends texts to files without blocking the event loop. Texts for the same file are written one after the other, never
 * mixed; those that come while a write is under way are written together.
 */
export class FileAppender {
  readonly #pending = new Map<string, PendingText[]>();

  /** Ends when the text is written. @throws Error as Go would put it: `open /tmp: is a directory` */
  append(file: string, text: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = this.#pending.get(file);
      const entry = { text, resolve, reject };
      if (waiting) waiting.push(entry);
      else {
        this.#pending.set(file, [entry]);
        void this.#drain(file);
      }
    });
  }

  async #drain(file: string): Promise<void> {
    for (;;) {
      const batch = this.#pending.get(file)?.splice(0) ?? [];
      if (batch.length === 0) break;
      try {
        await appendOnce(file, batch.map(({ text }) => text).join(''));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    this.#pending.delete(file);
  }
}

async function appendOnce(file: string, text: string): Promise<void> {
  const handle = await during('open', file, () => open(file, 'a', 0o644));
  try {
    await during('write', file, () => handle.appendFile(text));
  } finally {
    await handle.close();
  }
}

async function during<Result>(operation: string, file: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new Error(`${operation} ${file}: ${goWords[code ?? ''] ?? message}`, { cause: error });
  }
}
