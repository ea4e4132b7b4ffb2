import { nearestName } from '../config/nearest-name.ts';

/** The command line can't be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** A word that is none of those it could be. @returns the sentence with the nearest word, or all of them */
export function unknownWord(kind: string, given: string, words: readonly string[]): UsageError {
  const nearest = nearestName(given, words);
  return new UsageError(
    `There is no ${kind} '${given}'. ${nearest ? `Did you mean ${nearest}?` : `There are: ${words.join(', ')}.`}`,
  );
}
