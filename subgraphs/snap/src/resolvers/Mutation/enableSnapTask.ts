import type { MutationResolvers } from '../../generated/resolver-types.ts';

export const enableSnapTask: MutationResolvers['enableSnapTask'] = (_, { id }, { snap, viewer }) =>
  snap.tasks.enable(viewer, id);
