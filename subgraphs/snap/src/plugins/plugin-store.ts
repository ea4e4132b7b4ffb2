import type { SnapClient } from '@pentagraph/prisma';
import type { LoadedPlugin, PluginKey, PluginType } from './plugin.ts';

/** What is remembered of a plugin over restarts. */
export interface PluginRecord extends PluginKey {
  readonly source: LoadedPlugin['source'];
  /** Where its runtime finds it; empty for a built-in plugin. */
  readonly location: string;
  readonly signed: boolean;
  /** False for a built-in plugin that was unloaded, so that a restart doesn't bring it back. */
  readonly loaded: boolean;
  /** Milliseconds since the Unix epoch. */
  readonly loadedAtMs: number;
}

/** The plugins in the database. */
export class PluginStore {
  readonly #database: SnapClient;

  constructor(database: SnapClient) {
    this.#database = database;
  }

  /** All records, in the order of loading. */
  async list(): Promise<readonly PluginRecord[]> {
    const rows = await this.#database.snapPlugin.findMany({ orderBy: [{ loadedAt: 'asc' }, { name: 'asc' }] });
    return rows.map((row) => ({
      type: row.type as PluginType,
      name: row.name,
      version: row.version,
      source: row.source as LoadedPlugin['source'],
      location: row.location,
      signed: row.signed,
      loaded: row.loaded,
      loadedAtMs: row.loadedAt.getTime(),
    }));
  }

  async save({ type, name, version, loadedAtMs, ...rest }: PluginRecord): Promise<void> {
    const data = { ...rest, loadedAt: new Date(loadedAtMs) };
    await this.#database.snapPlugin.upsert({
      where: { type_name_version: { type, name, version } },
      create: { type, name, version, ...data },
      update: data,
    });
  }

  /** Remembers that a plugin was unloaded. */
  async markUnloaded({ type, name, version }: PluginKey): Promise<void> {
    await this.#database.snapPlugin.updateMany({ where: { type, name, version }, data: { loaded: false } });
  }
}
