import type { SnapTaskDisabledResolvers } from '../generated/resolver-types.ts';
import { watchEventFields } from './watch-event-fields.ts';

export const SnapTaskDisabled: SnapTaskDisabledResolvers = watchEventFields;
