export { type SnapConfig, snapSettings } from './snap-config.ts';
export { snapTypeDefs } from './snap-type-defs.ts';
export { createSnapSubgraph, type SnapDependencies } from './subgraph.ts';
