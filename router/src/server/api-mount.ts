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
  /** Tells the metrics which of the API's routes answers a request, by its pattern: `/v1/tasks/:id`. */
  nameRoute(request: FastifyRequest, pattern: string): void;
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
  /**
   * Puts the API in front of a listener: an `onRequest` hook answers the paths the API knows, by itself and to the byte,
   * and lets all others pass to the next API and to the listener's own routes. Hooks of a plugin's encapsulated instance
   * see only that plugin's routes, so `app` is the listener's root instance, after its own `onRequest` hooks (viewer, CORS).
   */
  register(app: FastifyInstance, options: ApiMountOptions): Promise<void> | void;
}
