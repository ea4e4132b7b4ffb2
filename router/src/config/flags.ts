import { type GivenValue, type Reading, unknownName } from './given-value.ts';
import { flagOf } from './names.ts';
import type { Problem } from './problem.ts';
import type { Schema } from './schema.ts';

/** A flag as it stands on the command line, in kebab or camel case; `value` is absent for one that stands alone. */
export interface GivenFlag {
  readonly name: string;
  readonly value?: string | undefined;
}

/** Reads the flags of the configuration. */
export function readFlags(schema: Schema, flags: readonly GivenFlag[]): Reading {
  const pathsByFlag = new Map([...schema.keys.keys()].map((path) => [flagOf(path), path]));
  const values: GivenValue[] = [];
  const problems: Problem[] = [];
  for (const { name, value } of flags) {
    const flag = flagOf(name);
    const source = { kind: 'flag', flag } as const;
    const path = pathsByFlag.get(flag);
    const kind = path === undefined ? undefined : schema.keys.get(path)?.setting.kind;
    if (path === undefined || !kind) problems.push(unknownName(flag, source, [...pathsByFlag.keys()]));
    else if (value === undefined && !kind.isSwitch)
      problems.push({ subject: path, message: 'the flag needs a value.', source, allowed: kind.allowed });
    else values.push({ path, value: value ?? true, source });
  }
  return { values, problems };
}
