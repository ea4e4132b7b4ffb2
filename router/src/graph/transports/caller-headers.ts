import type { CallerContext } from '../transport.ts';

/**
 * Says `anonymous` of a caller who proved nothing: to the subgraph's process the router may look like its own operator. The header
 * only takes rights away, so it is believed from anybody.
 */
export const callerHeader = 'x-pentagraph-caller';

/** What tells a subgraph elsewhere who calls, so that it decides for the same caller. */
export const callerHeaders = ({ viewer, authorization }: CallerContext): Readonly<Record<string, string>> => ({
  ...(authorization !== undefined && { authorization }),
  ...(viewer.via === 'none' && { [callerHeader]: 'anonymous' }),
});
