import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const executable = fileURLToPath(new URL('../../../rest-compat/bin/pentagraph.js', import.meta.url));

type LogLine = Readonly<Record<string, unknown>> & { readonly msg: string };

/** The `pentagraph` command as somebody starts it: the built one, in a process of its own. */
export class PentagraphProcess {
  readonly #child: ChildProcess;
  readonly #lines: LogLine[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #exited: Promise<number | null>;

  constructor(argv: readonly string[]) {
    for (const built of ['../../dist/cli/run-command.js', '../../../rest-compat/dist/index.js'])
      if (!existsSync(new URL(built, import.meta.url)))
        throw new Error('This test starts the built command, and it is not built. Run: npm run build');
    const environment = Object.entries(process.env).filter(([name]) => !name.startsWith('PENTAGRAPH_'));
    this.#child = spawn(process.execPath, [executable, ...argv], {
      env: Object.fromEntries(environment),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#exited = once(this.#child, 'exit').then(([code]) => {
      this.#wake();
      return code;
    });
    if (this.#child.stdout)
      createInterface({ input: this.#child.stdout }).on('line', (line) => {
        this.#lines.push(JSON.parse(line));
        this.#wake();
      });
    onTestFinished(async () => {
      this.#child.kill('SIGKILL');
      await this.#exited;
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get messages(): readonly string[] {
    return this.#lines.map(({ msg }) => msg);
  }

  /** The first log line whose message holds the text, as soon as it comes. */
  async line(text: string): Promise<LogLine> {
    for (;;) {
      const found = this.#lines.find(({ msg }) => msg.includes(text));
      if (found) return found;
      if (this.#child.exitCode !== null) throw new Error(`It ended without '${text}':\n${this.messages.join('\n')}`);
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

  exitCode(): Promise<number | null> {
    return this.#exited;
  }

  #wake(): void {
    for (const resume of this.#waiting) resume();
    this.#waiting.clear();
  }
}
