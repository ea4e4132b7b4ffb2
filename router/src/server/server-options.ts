import type { Clock, Logger } from '@pentagraph/kit';
import type { OperationLimits } from '../graph/limits.ts';
import type { RunningGraph } from '../graph/running-graph.ts';
import type { ApiMount } from './api-mount.ts';

/** A TCP port (0: any free one) or a unix socket. */
export type ListenAddress =
  | { readonly host: string; readonly port: number }
  | {
      readonly path: string;
      /** Permissions of the socket file, e.g. `0o660`. Default: as the process' umask makes them. */
      readonly mode?: number;
    };

/** An address that serves REST APIs only, e.g. the one an API had originally. */
export interface ApiListener {
  /** For the banner and the log. */
  readonly name: string;
  readonly address: ListenAddress;
  /** Names of the mounts it serves; with exactly one, unknown paths are answered by that API. */
  readonly apis: readonly string[];
}

export interface WebSocketOptions {
  /** Operations that one connection may have open. Default 1000. */
  readonly maxSubscriptions?: number;
  /** Time for `connection_init`, milliseconds. Default 5,000. */
  readonly initTimeoutMs?: number;
  /** Interval of pings; a peer that misses one is dropped. Milliseconds, default 15,000. */
  readonly keepAliveMs?: number;
  readonly clock?: Clock;
}

export interface ServerOptions {
  readonly graph: RunningGraph;
  readonly logger: Logger;
  /** The main listener: the graph, the playground, all mounts. */
  readonly listen: ListenAddress;
  /** Called when all is ready but the addresses: frees them, if somebody else answered there so far. */
  readonly beforeListen?: () => Promise<void>;
  readonly mounts?: readonly ApiMount[];
  readonly listeners?: readonly ApiListener[];
  /** Where uploads are staged; inside the data directory. */
  readonly stagingDir: string;
  /** Limits of operations from outside; those not given have their defaults. */
  readonly limits?: Partial<OperationLimits>;
  readonly webSocket?: WebSocketOptions;
  /** Serve GraphiQL at `/`. Default true. */
  readonly playground?: boolean;
  /** Treat callers from other machines like callers of this one: for networks one trusts. Default false. */
  readonly insecure?: boolean;
  /** How long requests in flight may take once the server stops, milliseconds. Default 10,000. */
  readonly drainMs?: number;
  readonly clock?: Clock;
}

/** An address that is served. */
export interface BoundListener {
  readonly name: string;
  /** `http://host:port` or `unix:/path`. */
  readonly url: string;
  readonly graph: boolean;
  readonly apis: readonly string[];
}

export interface GraphServer {
  /** Serves; answers where. @throws when an address can't be taken; nothing is served then. */
  start(): Promise<readonly BoundListener[]>;
  /** Takes no more requests, ends subscriptions, waits for requests in flight, closes. May be called again. */
  stop(): Promise<void>;
}
