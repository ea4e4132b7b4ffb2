export { composeDomains } from './compose-domains.ts';
export { type ComposedGraph, CompositionError, composeSupergraph, type SubgraphDefinition } from './graph/compose.ts';
export { createGraph, createSubgraphGraph, type GraphOptions, type GraphSource } from './graph/create-graph.ts';
export type { GraphErrorCode } from './graph/errors.ts';
export type { Execute, Graph, GraphRequest, Subscribe } from './graph/graph.ts';
export { defaultLimits, limitTable, type OperationLimits } from './graph/limits.ts';
export type { GraphStats, OperationReport, RunningGraph } from './graph/running-graph.ts';
export type { RemoteOptions } from './graph/transports/remote.ts';
export type { ApiMount, ApiMountOptions } from './server/api-mount.ts';
export { createServer } from './server/create-server.ts';
export type {
  ApiListener,
  BoundListener,
  GraphServer,
  ListenAddress,
  ServerOptions,
  WebSocketOptions,
} from './server/server-options.ts';
export { createSubgraphServer, type SubgraphServerOptions } from './server/subgraph-server.ts';
