import type { MutationResolvers } from '../../generated/resolver-types.ts';

export const startSnapTask: MutationResolvers['startSnapTask'] = (_, { id }, { snap, viewer }) =>
  snap.tasks.start(viewer, id);
