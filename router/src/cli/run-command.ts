import { loadConfig } from '../config/load-config.ts';
import { ConfigError } from '../config/problem.ts';
import { schemaOf } from '../config/schema.ts';
import { domains } from '../domains.ts';
import { exitCodes } from '../process/exit-codes.ts';
import { StartError } from '../process/start-error.ts';
import type { ApiMount } from '../server/api-mount.ts';
import type { Terminal } from './command.ts';
import { type CommandLine, parseCommandLine } from './command-line.ts';
import { commandsFor } from './commands.ts';
import { commandHelp, generalHelp } from './help.ts';
import { processTerminal } from './process-terminal.ts';
import { UsageError } from './usage-error.ts';
import { version } from './version.ts';

export interface RunCommandOptions {
  /** Loads the REST APIs that share the server; called only by commands that read the configuration. */
  readonly apiMounts: () => Promise<readonly ApiMount[]>;
  /** Default: this process. */
  readonly terminal?: Terminal;
}

const schema = schemaOf(domains);
const commands = commandsFor(domains.map(({ name }) => name));

/**
 * Runs the `pentagraph` command.
 * @param argv the words after the program's name
 * @returns the exit code; never rejects for a mistake of the person who typed
 */
export async function runCommand(argv: readonly string[], options: RunCommandOptions): Promise<number> {
  const { terminal = processTerminal() } = options;
  try {
    return await run(parseCommandLine(argv, commands, schema), options, terminal);
  } catch (error) {
    const complaint = complaintOf(error);
    if (!complaint) throw error;
    await terminal.complain(complaint.text);
    return complaint.exitCode;
  }
}

async function run(line: CommandLine, { apiMounts }: RunCommandOptions, terminal: Terminal): Promise<number> {
  const { command, operand, options, flags, configFile } = line;
  if (line.version) {
    await terminal.print(`${version()}\n`);
    return exitCodes.stopped;
  }
  if (line.help) {
    await terminal.print(command ? commandHelp(command, schema) : generalHelp(commands));
    return exitCodes.stopped;
  }
  if (!command) {
    await terminal.complain(generalHelp(commands));
    return exitCodes.misused;
  }
  const mounts = await apiMounts();
  const apis = mounts.map(({ name }) => name);
  const loaded = loadConfig(schema, { flags, environment: terminal.environment, file: configFile }, apis);
  return command.run({ ...loaded, schema, operand, options, apiMounts: mounts, terminal });
}

/** What to print for an error that explains itself; undefined for a defect. */
function complaintOf(error: unknown): { readonly text: string; readonly exitCode: number } | undefined {
  if (error instanceof UsageError)
    return { text: `${error.message}\nSee: pentagraph --help\n`, exitCode: exitCodes.misused };
  if (error instanceof ConfigError) return { text: `${error.message}\n`, exitCode: exitCodes.misused };
  if (error instanceof StartError)
    return { text: `${[error.message, error.advice].filter(Boolean).join('\n')}\n`, exitCode: exitCodes.failed };
  return undefined;
}
