import type { QueryResolvers } from '../../generated/resolver-types.ts';

export const snapTask: QueryResolvers['snapTask'] = (_, { id }, { snap, viewer }) => snap.tasks.get(viewer, id);
