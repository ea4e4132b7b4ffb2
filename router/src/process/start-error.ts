/** Why the process can't start, for the person who started it: what failed, why, and what to do. */
export class StartError extends Error {
  override readonly name = 'StartError';
  /** What to do about it. */
  readonly advice: string | undefined;

  constructor(message: string, { advice, cause }: { readonly advice?: string | undefined; readonly cause?: unknown }) {
    super(message, { cause });
    this.advice = advice;
  }
}

/** What to do about the operating system's refusals, by their code. */
const adviceByCode: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Stop the process that listens there (see: ss -ltnp), or choose another address.',
  EADDRNOTAVAIL: 'No interface of this machine has that address. Use 127.0.0.1, or an address that `ip addr` lists.',
  EACCES: 'Give the user that runs Pentagraph the right to it, or choose another place. Ports below 1024 need root.',
  EPERM: 'Give the user that runs Pentagraph the right to it, or choose another place.',
  EROFS: 'The file system is read-only: choose another place with --data-dir.',
  ENOSPC: 'The disk is full: make room, or choose another place with --data-dir.',
  ENOENT: 'A part of the path does not exist: check it.',
  ENOTDIR: 'A part of the path is a file, not a directory: choose another place with --data-dir.',
  EEXIST: 'A part of the path is a file, not a directory: choose another place with --data-dir.',
  ENOTFOUND: 'The host name is unknown: check it, and the name server of this machine.',
  ECONNREFUSED: 'Nothing listens there: start that server, or correct its address.',
};

const codeOf = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : codeOf(error.cause);
};

/** Turns a failure into one that says what failed; an error that says so already stays as it is. */
export function startFailure(what: string, error: unknown): Error {
  if (error instanceof StartError) return error;
  const reason = error instanceof Error ? error.message : String(error);
  return new StartError(`${what} failed: ${reason}`, { advice: adviceByCode[codeOf(error) ?? ''], cause: error });
}
