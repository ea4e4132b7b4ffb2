import type { SnapTaskEndedResolvers } from '../generated/resolver-types.ts';
import { watchEventFields } from './watch-event-fields.ts';

export const SnapTaskEnded: SnapTaskEndedResolvers = watchEventFields;
