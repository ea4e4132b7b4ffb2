import { SerialQueue } from '@pentagraph/kit';
import type { SnapClient } from '@pentagraph/prisma';
import type { ConfigValues } from '../metrics/metric.ts';
import type { PluginType } from '../plugins/plugin.ts';
import { configValuesFromJson, configValuesToStorage } from './config-values.ts';
import { type ConfigLevel, type ConfigTree, PluginConfigLevels } from './plugin-config-levels.ts';

/** The stored plugin configuration: in the database before a change is answered, in memory for reading (dossier 4.8). */
export class PluginConfigStore {
  readonly #database: SnapClient;
  readonly #levels = new PluginConfigLevels();
  readonly #writes = new SerialQueue();
  readonly #onChange: () => void;

  /** @param onChange called after every change */
  constructor(database: SnapClient, onChange: () => void) {
    this.#database = database;
    this.#onChange = onChange;
  }

  /** Reads what is stored. */
  async open(): Promise<void> {
    for (const row of await this.#database.snapPluginConfig.findMany()) {
      const level = { type: row.type as ConfigTree, name: row.name, version: row.version };
      this.#levels.set(level, configValuesFromJson(row.values));
    }
  }

  /** What is stored for a plugin, loaded or not, before a task's own configuration. */
  merged(type: PluginType, name: string, version: number): ConfigValues {
    return this.#levels.merged(type, name, version);
  }

  /** Adds and replaces values; answers the merged view. */
  set(type: PluginType, name: string, version: number, values: ConfigValues): Promise<ConfigValues> {
    return this.#writes.run(async () => {
      const level = this.#levels.levelFor(type, name, version);
      await this.#write(level, { ...this.#levels.at(level), ...values });
      return this.merged(type, name, version);
    });
  }

  /** Removes keys, ignoring unknown ones; answers what remains in the merged view. */
  delete(type: PluginType, name: string, version: number, keys: readonly string[]): Promise<ConfigValues> {
    return this.#writes.run(async () => {
      const level = this.#levels.levelFor(type, name, version);
      const before = this.#levels.at(level);
      if (before) {
        const removed = new Set(keys);
        const remaining = Object.entries(before).filter(([key]) => !removed.has(key));
        await this.#write(level, Object.fromEntries(remaining));
      }
      return this.merged(type, name, version);
    });
  }

  async #write(level: ConfigLevel, values: ConfigValues): Promise<void> {
    const text = configValuesToStorage(values);
    await this.#database.snapPluginConfig.upsert({
      where: { type_name_version: { ...level } },
      create: { ...level, values: text },
      update: { values: text },
    });
    this.#levels.set(level, values);
    this.#onChange();
  }
}
