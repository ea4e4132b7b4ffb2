import type { ApiMount } from '@pentagraph/router';
import type { ApiTable } from './engine/api-table.ts';
import { apiMount } from './engine/mount.ts';
import { snapApi } from './snap/snap-api.ts';

/** The tables of the REST APIs, in the order in which they are asked whether they know a path. */
export const apiTables: readonly ApiTable[] = [snapApi];

/** The REST APIs, ready to be put on listeners. */
export const apiMounts: readonly ApiMount[] = apiTables.map(apiMount);
