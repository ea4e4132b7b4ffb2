import { connectionOf } from '@pentagraph/kit';
import type { QueryResolvers } from '../../generated/resolver-types.ts';
import { selectTasks } from '../task-filter.ts';

export const snapTasks: QueryResolvers['snapTasks'] = async (_, { filter, orderBy, ...page }, { snap, viewer }) =>
  connectionOf(selectTasks(await snap.tasks.list(viewer), filter, orderBy), ({ id }) => id, page);
