import { type GivenValue, type Reading, unknownName } from './given-value.ts';
import { environmentPrefix, variableOf } from './names.ts';
import type { Problem } from './problem.ts';
import type { Schema } from './schema.ts';

/** Names a configuration file, like `--config`. */
export const configFileVariable = `${environmentPrefix}CONFIG`;

/** Variables that say where the project's own tests find PostgreSQL and Redis. */
const testPrefix = `${environmentPrefix}TEST_`;

/** Reads the variables of the configuration. An empty variable counts as unset, as compose files produce them. */
export function readEnvironment(schema: Schema, environment: Readonly<NodeJS.ProcessEnv>): Reading {
  const pathsByVariable = new Map([...schema.keys.keys()].map((path) => [variableOf(path), path]));
  const values: GivenValue[] = [];
  const problems: Problem[] = [];
  for (const [variable, value] of Object.entries(environment)) {
    if (!variable.startsWith(environmentPrefix) || variable.startsWith(testPrefix)) continue;
    if (variable === configFileVariable || !value) continue;
    const source = { kind: 'environment', variable } as const;
    const path = pathsByVariable.get(variable);
    if (path) values.push({ path, value, source });
    else problems.push(unknownName(variable, source, [...pathsByVariable.keys()]));
  }
  return { values, problems };
}
