import type { SnapProcessNodeResolvers } from '../generated/resolver-types.ts';
import { nodeConfigView } from './node-config-view.ts';

export const SnapProcessNode: SnapProcessNodeResolvers = {
  config: ({ config }) => nodeConfigView(config),
};
