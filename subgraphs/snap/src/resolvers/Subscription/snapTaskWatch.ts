import type { SubscriptionResolvers } from '../../generated/resolver-types.ts';
import type { WatchEvent } from '../../tasks/watch-event.ts';

export const snapTaskWatch: SubscriptionResolvers['snapTaskWatch'] = {
  subscribe: (_, { id }, { snap, viewer, signal }) => snap.tasks.watch(viewer, id, signal),
  resolve: (event: WatchEvent) => event,
};
