import type { MutationResolvers } from '../../generated/resolver-types.ts';
import { manifestOf } from '../task-manifest.ts';

export const createSnapTask: MutationResolvers['createSnapTask'] = (_, { input }, { snap, viewer }) =>
  snap.tasks.create(viewer, manifestOf(input));
