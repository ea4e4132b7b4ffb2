import type { MutationResolvers } from '../../generated/resolver-types.ts';

export const removeSnapTask: MutationResolvers['removeSnapTask'] = (_, { id }, { snap, viewer }) =>
  snap.tasks.remove(viewer, id);
