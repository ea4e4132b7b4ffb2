import type { Context, Logger } from '@pentagraph/kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Graph } from '../graph/graph.ts';

/** What an API gets to serve its URLs with. */
export interface ApiMountOptions {
  readonly graph: Graph;
  readonly logger: Logger;
  /** Where uploads are staged; inside the data directory. */
  readonly stagingDir: string;
  /** The context of a request: viewer, request id, logger, and a signal that aborts when the client goes away. */
  contextOf(request: FastifyRequest): Context;
  /** Aborts when the server begins to stop: endless answers end themselves then. */
  readonly draining: AbortSignal;
  /** Whether this listener serves this API alone (its native address), so that unknown paths are its own 404. */
  readonly exclusive: boolean;
}

/** A REST API that shares the HTTP server with the graph. */
export interface ApiMount {
  /** The domain: `snap`, `dragonfly`, ... */
  readonly name: string;
  /** For the start banner: what is served, e.g. `/v1/plugins, /v1/metrics, /v1/tasks`. */
  readonly summary: string;
  /** Registers the API's routes on an encapsulated Fastify instance. */
  register(app: FastifyInstance, options: ApiMountOptions): Promise<void> | void;
}
