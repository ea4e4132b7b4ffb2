#!/usr/bin/env node
// The `pentagraph` command. Its code is in @pentagraph/router; this file gives it the REST APIs, which the router doesn't know.
import { existsSync } from 'node:fs';
import module from 'node:module';

const OLDEST_NODE = [20, 19];

/** What keeps the command from running; undefined when nothing does. */
function obstacle() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    return `Pentagraph needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}.`;
  const built = ['../dist/index.js', '../../router/dist/cli/run-command.js'];
  if (!built.every((file) => existsSync(new URL(file, import.meta.url))))
    return 'Pentagraph is not built yet. Run: npm run build';
  return undefined;
}

const reason = obstacle();
if (reason) {
  process.stderr.write(`${reason}\n`);
  process.exit(1);
}

// Newer versions of Node.js keep what they compiled, and start faster the next time.
module.enableCompileCache?.();

// Before anything is imported: the federation libraries report their use to their makers otherwise.
process.env.APOLLO_TELEMETRY_DISABLED = '1';

const { runCommand } = await import('@pentagraph/router/cli');
const apiMounts = async () => (await import('@pentagraph/rest-compat')).apiMounts;
process.exit(await runCommand(process.argv.slice(2), { apiMounts }));
