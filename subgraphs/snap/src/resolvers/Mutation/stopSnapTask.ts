import type { MutationResolvers } from '../../generated/resolver-types.ts';

export const stopSnapTask: MutationResolvers['stopSnapTask'] = (_, { id }, { snap, viewer }) =>
  snap.tasks.stop(viewer, id);
