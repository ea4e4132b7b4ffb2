import type { Setting } from '@pentagraph/kit/settings';
import { flagOf, variableOf } from '../config/names.ts';
import { pathOf, type Schema } from '../config/schema.ts';
import { defaultText } from '../config/value-text.ts';
import { exitCodes } from '../process/exit-codes.ts';
import type { Command } from './command.ts';

const LINE_WIDTH = 100;

/** The text in lines of at most {@link LINE_WIDTH} columns, each indented. */
function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && indent + line.length + 1 + word.length <= LINE_WIDTH)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => ' '.repeat(indent) + line).join('\n');
}

const exitCodeTexts: Readonly<Record<keyof typeof exitCodes, string>> = {
  stopped: 'stopped as asked, or done',
  failed: 'the start, the stop or something in between failed; the log says what',
  misused: 'the command line or the configuration is wrong; nothing was started',
  forcedBySigint: 'ended at once by a second SIGINT (Ctrl-C)',
  forcedBySigterm: 'ended at once by a second SIGTERM',
};

const exitCodeLines = (Object.keys(exitCodes) as (keyof typeof exitCodes)[]).map(
  (name) => `  ${String(exitCodes[name]).padEnd(5)} ${exitCodeTexts[name]}`,
);

/** `pentagraph --help`. */
export function generalHelp(commands: readonly Command[]): string {
  const list = commands.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`);
  const examples = [
    ['pentagraph serve', 'everything on http://127.0.0.1:4000; data goes to ./.pentagraph'],
    ['pentagraph serve --listen.snap 127.0.0.1:8181', 'the same, and snaptel finds the Snap API at its usual port'],
    ['pentagraph serve --database-url postgresql://pentagraph@db/pentagraph', 'the same on PostgreSQL'],
  ];
  return `Pentagraph: one federated GraphQL graph over five infrastructure domains, and the REST APIs that
their own clients speak, served by one process.

Usage: pentagraph <command> [flags]

Commands
${list.join('\n')}

Examples
${examples.map(([command, meaning]) => `  ${command}\n      ${meaning}`).join('\n')}

Configuration
  Flags win over environment variables (PENTAGRAPH_PORT, ...), these over ./pentagraph.yaml (another
  file: --config <file> or PENTAGRAPH_CONFIG). Every key is described in docs/configuration.md;
  pentagraph <command> --help lists those that a command heeds, pentagraph config shows what is in effect.

Exit codes
${exitCodeLines.join('\n')}

  -h, --help     this text, or with a command the command's
  -V, --version  the version
`;
}

function flagHelp(path: string, { kind, description, ...rest }: Setting<unknown>): string {
  const title = kind.isSwitch ? `  ${flagOf(path)}` : `  ${flagOf(path)} <value>`;
  return [
    title,
    wrapped(description, 6),
    wrapped(
      `Allowed: ${kind.allowed}. Default: ${defaultText({ kind, description, ...rest })}. ${variableOf(path)}`,
      6,
    ),
  ].join('\n');
}

/** `pentagraph <command> --help`. */
export function commandHelp({ name, about, operand, options, examples, heeds }: Command, schema: Schema): string {
  const usage = ['pentagraph', name, ...(operand ? [`<${operand.name}>`] : []), '[flags]'].join(' ');
  const own = options.map(({ name: option, value, required, description }) => {
    const note = required ? `${description} Required.` : description;
    return `  --${option}${value ? ` <${value}>` : ''}\n${wrapped(note, 6)}`;
  });
  const sections = schema.sections.flatMap((section) => {
    const flags = Object.entries(section.settings)
      .map(([key, setting]) => ({ path: pathOf(section.name, key), setting }))
      .filter(({ path }) => heeds(path))
      .map(({ path, setting }) => flagHelp(path, setting));
    return flags.length === 0 ? [] : [[`Flags: ${section.title}`, ...flags].join('\n')];
  });
  const parts = [
    `Usage: ${usage}`,
    wrapped(about, 0),
    ...(operand ? [`${operand.name[0]?.toUpperCase()}${operand.name.slice(1)}s\n  ${operand.words.join(', ')}`] : []),
    ['Examples', ...examples.map(({ command, meaning }) => `  ${command}\n      ${meaning}`)].join('\n'),
    ...(own.length > 0 ? [['Options', ...own].join('\n')] : []),
    ...sections,
    '  --config <file>\n      Reads this file instead of ./pentagraph.yaml. PENTAGRAPH_CONFIG',
  ];
  return `${parts.join('\n\n')}\n`;
}
