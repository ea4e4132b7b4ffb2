import type { Served, StartingProcess } from '../process/run-process.ts';
import type { Command, Invocation } from './command.ts';
import { version } from './version.ts';

/** Starts what a command serves. */
type Serve = (invocation: Invocation, starting: StartingProcess) => Promise<Served>;

/**
 * Runs a command that serves until it is told to stop.
 * @param title what the banner calls it, given the command's operand
 * @param load loads what it serves: most of the code, and so of the time, while the main address answers already
 */
export const serving =
  (title: (operand: string | undefined) => string, load: () => Promise<Serve>): Command['run'] =>
  async (invocation) => {
    const { runProcess } = await import('../process/run-process.ts');
    const { config, operand, terminal } = invocation;
    const options = { config, isTerminal: terminal.isTerminal, title: `${title(operand)} ${version()}` };
    return runProcess(options, async (starting) => (await load())(invocation, starting));
  };
