/** One element of a namespace; dynamic when it has a name, its value is then `*` in the catalog. */
export interface NamespaceElement {
  readonly value: string;
  readonly name: string;
  readonly description: string;
}

export type Namespace = readonly NamespaceElement[];

/** A measured value with the exact type it travels under in the plugin protocols (dossier 4.12, 4.13). */
export type MetricData =
  | { readonly kind: 'int' | 'int32' | 'int64' | 'uint32' | 'uint64'; readonly value: bigint }
  | { readonly kind: 'float32' | 'float64'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'bytes'; readonly value: Uint8Array }
  | { readonly kind: 'null' };

/** An instant as plugins measure it: nanoseconds since the Unix epoch and the zone it was measured in. */
export interface Timestamp {
  readonly unixNanos: bigint;
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
}

/** A measured metric on its way from a collector through processors to publishers and watchers. */
export interface MetricSample {
  readonly namespace: Namespace;
  readonly version: number;
  readonly data: MetricData;
  readonly timestamp: Timestamp;
  readonly tags: Tags | null;
  readonly unit: string;
  readonly description: string;
  /** When the plugin advertised it, milliseconds since the Unix epoch. */
  readonly lastAdvertisedMs: number;
  /** The configuration it was collected with. */
  readonly config: ConfigValues;
}

/** Tags, as a sample carries them. */
export type Tags = Readonly<Record<string, string>>;

/** Tags for all metrics below a namespace prefix; deeper prefixes win. */
export type TagsByPrefix = Readonly<Record<string, Tags>>;

/** A flat configuration; integers are bigint, other numbers are floats (dossier 4.8). */
export type ConfigValue = string | boolean | bigint | number;
export type ConfigValues = Readonly<Record<string, ConfigValue>>;
