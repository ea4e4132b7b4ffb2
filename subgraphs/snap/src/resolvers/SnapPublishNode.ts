import type { SnapPublishNodeResolvers } from '../generated/resolver-types.ts';
import { nodeConfigView } from './node-config-view.ts';

export const SnapPublishNode: SnapPublishNodeResolvers = {
  config: ({ config }) => nodeConfigView(config),
};
