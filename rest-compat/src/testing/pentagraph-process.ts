import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const executable = fileURLToPath(new URL('../../bin/pentagraph.js', import.meta.url));
const built = new URL('../../dist/index.js', import.meta.url);

/** A line of the log. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly msg: string };

/** The `pentagraph` command as somebody starts it: the built one, in a process of its own. */
export class PentagraphProcess {
  readonly #child: ChildProcess;
  readonly #lines: string[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #exited: Promise<number | null>;

  /** @throws Error when nothing is built. */
  constructor(argv: readonly string[]) {
    if (!existsSync(built))
      throw new Error('The built command is to be started, and it is not built. Run: npm run build');
    const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('PENTAGRAPH_'));
    this.#child = spawn(process.execPath, [executable, ...argv], {
      env: Object.fromEntries(environment),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    // Unlike `exit`, this comes after the last line.
    this.#exited = once(this.#child, 'close').then(([code]) => {
      this.#wake();
      return code;
    });
    if (this.#child.stdout)
      createInterface({ input: this.#child.stdout }).on('line', (line) => {
        this.#lines.push(line);
        this.#wake();
      });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Everything it printed to standard output so far. */
  get printed(): string {
    return this.#lines.join('\n');
  }

  /** What its log said so far. */
  get messages(): readonly string[] {
    return this.#log().map(({ msg }) => msg);
  }

  /** The first log line whose message holds the text, as soon as it comes. @throws Error when it ends without. */
  async line(text: string): Promise<LogLine> {
    for (;;) {
      const found = this.#log().find(({ msg }) => msg.includes(text));
      if (found) return found;
      if (this.#child.exitCode !== null || this.#child.signalCode !== null)
        throw new Error(`It ended without '${text}':\n${this.printed}`);
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Where it serves, once it does. */
  async origin(): Promise<string> {
    const { listeners } = (await this.line(' serves')) as unknown as { listeners: readonly { url: string }[] };
    return listeners[0]?.url ?? '';
  }

  signal(name: NodeJS.Signals): void {
    this.#child.kill(name);
  }

  /** Its exit code once it has ended; null when a signal ended it. */
  exitCode(): Promise<number | null> {
    return this.#exited;
  }

  /** Ends it the hard way: no handler runs. */
  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.#exited;
  }

  /** Resident memory in MiB. */
  async residentMiB(): Promise<number> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
  }

  #log(): readonly LogLine[] {
    return this.#lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as LogLine);
  }

  #wake(): void {
    for (const resume of this.#waiting) resume();
    this.#waiting.clear();
  }
}
