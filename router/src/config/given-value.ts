import { nearestName } from './nearest-name.ts';
import type { Problem, Source } from './problem.ts';
import type { Schema } from './schema.ts';

/** A value that a source has for a key, not yet checked. */
export interface GivenValue {
  readonly path: string;
  readonly value: unknown;
  readonly source: Source;
}

/** What a source says. */
export interface Reading {
  readonly values: readonly GivenValue[];
  readonly problems: readonly Problem[];
}

/** The problem of a name that no key has; `spell` says how keys are spelled in that source. */
export function unknownName(
  schema: Schema,
  given: string,
  source: Source,
  spell: (path: string) => string = (path) => path,
): Problem {
  const nearest = nearestName(given, [...schema.keys.keys()].map(spell));
  return {
    subject: given,
    message: 'no such key.',
    source,
    hint: nearest ? `Did you mean ${nearest}?` : 'docs/configuration.md lists every key.',
  };
}
