import type { ApiMount } from '@pentagraph/router';
import { apiMount } from './engine/mount.ts';
import { snapApi } from './snap/snap-api.ts';

/** The REST APIs, in the order in which they are asked whether they know a path. */
export const apiMounts: readonly ApiMount[] = [apiMount(snapApi)];
