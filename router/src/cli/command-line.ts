import { parseArgs } from 'node:util';
import type { GivenFlag } from '../config/flags.ts';
import { flagOf, kebabCase } from '../config/names.ts';
import type { Schema } from '../config/schema.ts';
import type { Command } from './command.ts';
import { UsageError, unknownWord } from './usage-error.ts';

/** What somebody typed, taken apart but not judged: flags may be unknown and values wrong. */
export interface CommandLine {
  readonly command: Command | undefined;
  readonly help: boolean;
  readonly version: boolean;
  /** `--config`. */
  readonly configFile: string | undefined;
  readonly operand: string | undefined;
  readonly options: Readonly<Record<string, readonly string[]>>;
  /** Flags of the configuration, and unknown ones. */
  readonly flags: readonly GivenFlag[];
}

/** Options of every command. */
const commonOptions = {
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'V' },
  config: { type: 'string' },
} as const;

type OptionTypes = Record<string, { type: 'string' | 'boolean'; short?: string }>;

function optionTypes(schema: Schema, command: Command | undefined): OptionTypes {
  const own = (command?.options ?? []).map(
    ({ name, value }) => [name, { type: value ? 'string' : 'boolean' }] as const,
  );
  const keys = [...schema.keys.values()].map(({ path, setting }) => {
    return [flagOf(path).slice(2), { type: setting.kind.isSwitch ? 'boolean' : 'string' }] as const;
  });
  return Object.fromEntries([...keys, ...own, ...Object.entries(commonOptions)]);
}

/** `--dataDir=x` -> `--data-dir=x`: flags are taken in either case. */
const inKebabCase = (argument: string): string => argument.replace(/^--[^=]+/, kebabCase);

/**
 * Takes a command line apart.
 * @throws UsageError for an unknown command, and for words a command doesn't take or lacks.
 */
export function parseCommandLine(argv: readonly string[], commands: readonly Command[], schema: Schema): CommandLine {
  const [first, ...others] = argv;
  const command = commands.find(({ name }) => name === first);
  if (first !== undefined && !command && !first.startsWith('-'))
    throw unknownWord(
      'command',
      first,
      commands.map(({ name }) => name),
    );

  const types = optionTypes(schema, command);
  const { tokens } = parseArgs({
    args: (command ? others : argv).map(inKebabCase),
    options: types,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [{ name: token.name, value: token.value }] : []));
  const words = tokens.flatMap((token, at) => {
    const before = tokens[at - 1];
    // The word after an unknown flag was meant as its value; the flag is complained about, not the word.
    const isValue = before?.kind === 'option' && !(before.name in types);
    return token.kind === 'positional' && !isValue ? [token.value] : [];
  });

  const own = command?.options ?? [];
  const values = (name: string) => given.filter((flag) => flag.name === name).map(({ value }) => value ?? 'true');
  const line: CommandLine = {
    command,
    help: values('help').length > 0,
    version: values('version').length > 0,
    configFile: values('config').at(-1),
    operand: words[0],
    options: Object.fromEntries(own.map(({ name }) => [name, values(name)])),
    flags: given.filter(({ name }) => !(name in commonOptions) && own.every((option) => option.name !== name)),
  };
  if (line.help || line.version) return line;
  const valueless = given.find(({ name, value }) => value === undefined && types[name]?.type === 'string');
  if (valueless) throw new UsageError(`--${valueless.name} needs a value.`);
  if (command) refuseMisuse(command, line, words, schema);
  else if (line.flags[0])
    throw new UsageError(`A command comes first, then its flags: pentagraph serve ${argv.join(' ')}`);
  return line;
}

function refuseMisuse(command: Command, line: CommandLine, words: readonly string[], schema: Schema): void {
  const { name, operand, options } = command;
  const surplus = words[operand ? 1 : 0];
  if (surplus !== undefined) throw new UsageError(`'${surplus}' is one word too many for ${name}.`);
  if (operand && line.operand === undefined)
    throw new UsageError(`${name} needs the name of a ${operand.name}: ${operand.words.join(', ')}.`);
  if (operand && line.operand !== undefined && !operand.words.includes(line.operand))
    throw unknownWord(operand.name, line.operand, operand.words);
  const missing = options.find((option) => option.required && line.options[option.name]?.length === 0);
  if (missing) throw new UsageError(`${name} needs --${missing.name} <${missing.value}>.`);
  const flags = new Set(line.flags.map((flag) => flagOf(flag.name)));
  const unheeded = [...schema.keys.keys()].find((path) => flags.has(flagOf(path)) && !command.heeds(path));
  if (unheeded) throw new UsageError(`${name} does not heed ${flagOf(unheeded)}.`);
}
