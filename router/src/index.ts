export { type ComposedGraph, CompositionError, composeSupergraph, type SubgraphDefinition } from './graph/compose.ts';
export { createGraph, type GraphOptions, type GraphSource } from './graph/create-graph.ts';
export type { GraphErrorCode } from './graph/errors.ts';
export type { Execute, Graph, GraphRequest, Subscribe } from './graph/graph.ts';
export type { GraphStats, OperationReport, RunningGraph } from './graph/running-graph.ts';
export type { RemoteOptions } from './graph/transports/remote.ts';
export type { ApiMount, ApiMountOptions } from './server/api-mount.ts';
