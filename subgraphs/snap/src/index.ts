export { type SnapConfig, snapSettings } from './snap-config.ts';
export { createSnapSubgraph, type SnapDependencies, snapTypeDefs } from './subgraph.ts';
