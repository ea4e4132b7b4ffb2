import { defaultConfigFile, readConfigFile } from './config-file.ts';
import { configFileVariable, readEnvironment } from './environment.ts';
import { type GivenFlag, readFlags } from './flags.ts';
import type { GivenValue } from './given-value.ts';
import { withoutPassword } from './kinds.ts';
import { ConfigError, type Problem, type Source } from './problem.ts';
import { refusals } from './refusals.ts';
import { type Config, pathOf, type Schema } from './schema.ts';

export interface ConfigSources {
  readonly flags: readonly GivenFlag[];
  readonly environment: Readonly<NodeJS.ProcessEnv>;
  /** `--config`. */
  readonly file?: string | undefined;
}

export interface LoadedConfig {
  readonly config: Config;
  /** The same values by the paths of their keys. */
  readonly values: ReadonlyMap<string, unknown>;
  /** Where each value comes from, by the path of its key. */
  readonly sources: ReadonlyMap<string, Source>;
}

/**
 * Reads flags > environment > file > defaults, and checks all of them.
 * @param apis the names of the APIs this process serves, for `listen`
 * @throws ConfigError with every problem of every source, also of values that a stronger source overrules.
 */
export function loadConfig(schema: Schema, from: ConfigSources, apis: readonly string[]): LoadedConfig {
  const file = from.file ?? (from.environment[configFileVariable] || undefined);
  const readings = [
    readConfigFile(schema, file ?? defaultConfigFile, file !== undefined),
    readEnvironment(schema, from.environment),
    readFlags(schema, from.flags),
  ];
  const problems: Problem[] = readings.flatMap((reading) => reading.problems);
  const values = new Map([...schema.keys].map(([path, key]) => [path, key.setting.default]));
  const sources = new Map<string, Source>([...schema.keys.keys()].map((path) => [path, { kind: 'default' }]));
  for (const given of readings.flatMap((reading) => reading.values)) {
    const read = schema.keys.get(given.path)?.setting.kind.read(given.value);
    if (read === undefined) {
      problems.push(notAllowed(schema, given));
    } else {
      values.set(given.path, read);
      sources.set(given.path, given.source);
    }
  }
  const config = configOf(schema, values);
  problems.push(...refusals(config, sources, apis));
  if (problems.length > 0) throw new ConfigError(problems);
  return { config, values, sources };
}

const shown = (value: unknown): string =>
  withoutPassword(typeof value === 'string' ? `'${value}'` : JSON.stringify(value));

const notAllowed = (schema: Schema, { path, value, source }: GivenValue): Problem => ({
  subject: path,
  message: `${shown(value)} is not allowed.`,
  source,
  allowed: schema.keys.get(path)?.setting.kind.allowed ?? '',
});

/** The one place where values that were read by the schema get the types that the schema gives them. */
function configOf(schema: Schema, values: ReadonlyMap<string, unknown>): Config {
  const sections = schema.sections.map(({ name, settings }) => {
    const entries = Object.keys(settings).map((key) => [key, values.get(pathOf(name, key))]);
    return [name, Object.fromEntries(entries)] as const;
  });
  const { '': process, listen, limits, ...domains } = Object.fromEntries(sections);
  return { ...process, listen, limits, domains } as Config;
}
