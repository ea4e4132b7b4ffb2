import { runCommand } from '../../src/cli/run-command.ts';
import type { ApiMount } from '../../src/server/api-mount.ts';

const snapApi: ApiMount = { name: 'snap', summary: '/v1/plugins', register: () => undefined };

/** Runs a command and keeps what it wrote. */
export async function run(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<{ readonly exitCode: number; readonly out: string; readonly err: string }> {
  const written = { out: '', err: '' };
  const terminal = {
    environment,
    isTerminal: false,
    async print(text: string) {
      written.out += text;
    },
    async complain(text: string) {
      written.err += text;
    },
  };
  const exitCode = await runCommand(argv, { apiMounts: async () => [snapApi], terminal });
  return { exitCode, ...written };
}
