import type { SnapTaskStartedResolvers } from '../generated/resolver-types.ts';
import { watchEventFields } from './watch-event-fields.ts';

export const SnapTaskStarted: SnapTaskStartedResolvers = watchEventFields;
