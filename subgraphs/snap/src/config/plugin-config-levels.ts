import type { ConfigValues } from '../metrics/metric.ts';
import type { PluginType } from '../plugins/plugin.ts';

/** Streaming collectors are configured as collectors (dossier 4.8). */
export type ConfigTree = Exclude<PluginType, 'streaming-collector'>;

const configTreeOf = (type: PluginType): ConfigTree => (type === 'streaming-collector' ? 'collector' : type);

/** The version under which the values for every version of a plugin are kept. */
const EVERY_VERSION = -1;

/** One level of the stored configuration: a plugin's, or one version's of it. */
export interface ConfigLevel {
  readonly type: ConfigTree;
  readonly name: string;
  /** {@link EVERY_VERSION}, or the one version it counts for. */
  readonly version: number;
}

/** The stored plugin configuration in memory: what is in effect for a plugin, and which level a change goes to. */
export class PluginConfigLevels {
  readonly #values = new Map<string, ConfigValues>();
  /** Names with any level, as `type:name`. */
  readonly #names = new Set<string>();

  /** The view in effect for one version: the plugin's values, and over them the version's. */
  merged(type: PluginType, name: string, version: number): ConfigValues {
    const tree = configTreeOf(type);
    return {
      ...this.at({ type: tree, name, version: EVERY_VERSION }),
      ...(version > 0 ? this.at({ type: tree, name, version }) : undefined),
    };
  }

  at(level: ConfigLevel): ConfigValues | undefined {
    return this.#values.get(keyOf(level));
  }

  set(level: ConfigLevel, values: ConfigValues): void {
    this.#values.set(keyOf(level), values);
    this.#names.add(`${level.type}:${level.name}`);
  }

  /**
   * The level that a change goes to: the version's if there is one, else the plugin's if anything of it is stored, else a
   * new one for what was named (observed of the original, dossier 4.8).
   */
  levelFor(type: PluginType, name: string, version: number): ConfigLevel {
    const tree = configTreeOf(type);
    const ofVersion: ConfigLevel = { type: tree, name, version };
    const ofEvery: ConfigLevel = { type: tree, name, version: EVERY_VERSION };
    if (version > 0 && (this.at(ofVersion) || !this.#names.has(`${tree}:${name}`))) return ofVersion;
    return ofEvery;
  }
}

const keyOf = ({ type, name, version }: ConfigLevel): string => `${type}:${version}:${name}`;
