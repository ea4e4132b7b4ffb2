import { nearestName } from './nearest-name.ts';
import type { Problem, Source } from './problem.ts';

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

/** The problem of a name that nothing has; `names` are those that would have been right. */
export function unknownName(given: string, source: Source, names: readonly string[]): Problem {
  const nearest = nearestName(given, names);
  return {
    subject: given,
    message: 'no such key.',
    source,
    hint: nearest ? `Did you mean ${nearest}?` : 'docs/configuration.md lists every key.',
  };
}
