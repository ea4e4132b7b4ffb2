import type { MutationResolvers } from '../../generated/resolver-types.ts';

export const loadSnapPlugin: MutationResolvers['loadSnapPlugin'] = (_, { input }, { snap, viewer, signal }) =>
  snap.plugins.load(viewer, input, signal);
