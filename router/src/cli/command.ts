import type { Source } from '../config/problem.ts';
import type { Config, Schema } from '../config/schema.ts';
import type { ApiMount } from '../server/api-mount.ts';

/** Where a command writes, and what it knows of who reads it. */
export interface Terminal {
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /** To standard output. */
  print(text: string): Promise<void>;
  /** To standard error. */
  complain(text: string): Promise<void>;
}

/** What a command runs with. */
export interface Invocation {
  readonly config: Config;
  /** The values of all keys by their paths, and where each comes from. */
  readonly values: ReadonlyMap<string, unknown>;
  readonly sources: ReadonlyMap<string, Source>;
  readonly schema: Schema;
  /** The word after the command, for a command that takes one. */
  readonly operand: string | undefined;
  /** The command's own options; a repeated one has several values. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly apiMounts: readonly ApiMount[];
  readonly terminal: Terminal;
}

/** An option of one command that is no key of the configuration. */
export interface CommandOption {
  readonly name: string;
  /** What its value is, for help; absent for a switch. */
  readonly value?: string;
  readonly required?: boolean;
  readonly description: string;
}

export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What it does, in a few sentences. */
  readonly about: string;
  /** The word it takes. */
  readonly operand?: { readonly name: string; readonly words: readonly string[] };
  readonly options: readonly CommandOption[];
  readonly examples: readonly { readonly command: string; readonly meaning: string }[];
  /** Which keys of the configuration it heeds, and so has as flags. */
  readonly heeds: (path: string) => boolean;
  /** Runs it. @returns the exit code */
  readonly run: (invocation: Invocation) => Promise<number>;
}
