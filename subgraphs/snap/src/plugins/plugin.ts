import type { ConfigPolicy } from '../config/config-policy.ts';

/** What plugins do, in the original's numbering: the index is the number a preamble carries (dossier 4.5). */
export const pluginTypes = ['collector', 'processor', 'publisher', 'streaming-collector'] as const;
export type PluginType = (typeof pluginTypes)[number];

/** Identity of a plugin; the name is lower case. */
export interface PluginKey {
  readonly type: PluginType;
  readonly name: string;
  readonly version: number;
}

/** A reference from a workflow: a version below 1 means the newest. */
export type PluginReference = PluginKey;

/** How calls are spread over the running instances of a plugin (dossier 4.6). */
export type RoutingStrategy = 'least-recently-used' | 'sticky' | 'config-based';

/** What a plugin says of itself when it is started. */
export interface PluginMeta extends PluginKey {
  /** Subscriptions one instance takes before another is started. */
  readonly concurrencyCount: number;
  /** At most one instance. */
  readonly exclusive: boolean;
  readonly routing: RoutingStrategy;
  /** How long collected values may be served again; the host's own minimum is 500 ms. */
  readonly cacheTtlMs: number;
}

/** A plugin the host knows and can start. */
export interface LoadedPlugin {
  readonly meta: PluginMeta;
  readonly source: 'builtin' | 'upload' | 'uri';
  readonly signed: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly loadedAtMs: number;
  /** What configuration it accepts, per namespace. */
  readonly policy: ConfigPolicy;
}

/** The text form of an identity, for maps and logs: `collector:mock:1`. */
export const pluginId = ({ type, name, version }: PluginKey): string => `${type}:${name}:${version}`;
