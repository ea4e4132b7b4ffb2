import { readFileSync } from 'node:fs';

/** An endpoint that one of the five contracts documents. */
export interface Endpoint {
  readonly domain: string;
  /** Method and path as the contract writes them. */
  readonly id: string;
  readonly method: string;
  /** With `{parameters}`; names of queries after `?`. */
  readonly path: string;
}

/** All endpoints that the five contracts document. */
export const readEndpoints = (): readonly Endpoint[] =>
  JSON.parse(readFileSync(new URL('../../contract/endpoints.json', import.meta.url), 'utf8')) as readonly Endpoint[];
