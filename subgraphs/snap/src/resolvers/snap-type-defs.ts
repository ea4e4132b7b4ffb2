import { readFileSync } from 'node:fs';
import { type DocumentNode, parse } from 'graphql';

/** The domain's SDL; composing it starts nothing. The file stays in src/, for the sources and for the built package alike. */
export const snapTypeDefs: DocumentNode = parse(
  readFileSync(new URL('../../src/schema.graphql', import.meta.url), 'utf8'),
);
