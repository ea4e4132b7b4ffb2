import type { SnapTaskStoppedResolvers } from '../generated/resolver-types.ts';
import { watchEventFields } from './watch-event-fields.ts';

export const SnapTaskStopped: SnapTaskStoppedResolvers = watchEventFields;
