import { configValuesToObject } from '../config/config-values.ts';
import type { SnapWorkflowResolvers } from '../generated/resolver-types.ts';

export const SnapWorkflow: SnapWorkflowResolvers = {
  config: ({ config }) =>
    Object.entries(config).map(([prefix, values]) => ({ prefix, values: configValuesToObject(values) })),
  tags: ({ tags }) => Object.entries(tags).map(([prefix, values]) => ({ prefix, values })),
};
