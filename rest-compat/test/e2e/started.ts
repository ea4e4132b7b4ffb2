import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PentagraphProcess } from '@pentagraph/rest-compat/testing';
import { onTestFinished } from 'vitest';

/** Starts the command; it is ended with the test at the latest. */
export function started(...argv: readonly string[]): PentagraphProcess {
  const process = new PentagraphProcess(argv);
  onTestFinished(() => process.kill());
  return process;
}

/** A directory that is gone after the test. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'pentagraph-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}
