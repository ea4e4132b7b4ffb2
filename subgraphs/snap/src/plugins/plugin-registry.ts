import { type LoadedPlugin, type PluginKey, type PluginReference, type PluginType, pluginId } from './plugin.ts';
import type { PluginRuntime } from './runtime/plugin-runtime.ts';

/** A loaded plugin and how its instances are started. */
export interface RegisteredPlugin {
  readonly plugin: LoadedPlugin;
  /** Where its runtime finds it. */
  readonly location: string;
  readonly runtime: PluginRuntime;
}

/** Selects plugins; what is given must fit. */
export interface PluginFilter {
  readonly type?: PluginType | null;
  readonly name?: string | null;
}

/** Which plugins are loaded, in the order they were loaded. */
export class PluginRegistry {
  readonly #plugins = new Map<string, RegisteredPlugin>();
  #revision = 0;

  /** Counts up whenever what a workflow resolves to may have changed. */
  get revision(): number {
    return this.#revision;
  }

  /** Says that something changed on which resolution depends. */
  touch(): void {
    this.#revision += 1;
  }

  add(registered: RegisteredPlugin): void {
    this.#plugins.set(pluginId(registered.plugin.meta), registered);
    this.touch();
  }

  remove(key: PluginKey): void {
    this.#plugins.delete(pluginId(key));
    this.touch();
  }

  /** The plugin of that version, or the newest when the version is below 1. */
  find({ type, name, version }: PluginReference): RegisteredPlugin | undefined {
    if (version > 0) return this.#plugins.get(pluginId({ type, name, version }));
    const newestFirst = this.#matching({ type, name }).sort((a, b) => b.plugin.meta.version - a.plugin.meta.version);
    return newestFirst[0];
  }

  /** As {@link find}. @throws Error with the text of the original, in which every newest version is -1 (dossier 3.5) */
  require(reference: PluginReference): RegisteredPlugin {
    const found = this.find(reference);
    if (found) return found;
    const { type, name, version } = reference;
    throw new Error(`Plugin not found: type(${type}) name(${name}) version(${version < 1 ? -1 : version})`);
  }

  list(filter: PluginFilter = {}): readonly LoadedPlugin[] {
    return this.#matching(filter).map(({ plugin }) => plugin);
  }

  #matching(filter: PluginFilter): RegisteredPlugin[] {
    return [...this.#plugins.values()].filter(({ plugin }) => fits(filter, plugin.meta));
  }
}

/** Whether a plugin is selected. */
export const fits = ({ type, name }: PluginFilter, meta: PluginKey): boolean =>
  (type == null || meta.type === type) && (name == null || meta.name === name);
