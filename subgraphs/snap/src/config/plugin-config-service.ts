import { requireAccess, type Viewer } from '@pentagraph/kit';
import type { ConfigValues } from '../metrics/metric.ts';
import type { PluginType } from '../plugins/plugin.ts';
import { snapError } from '../snap-errors.ts';
import type { PluginConfigStore } from './plugin-config-store.ts';

/** Which plugin's stored configuration; the plugin need not be loaded. A version below 1 means every version. */
export interface ConfigSubject {
  readonly type: PluginType;
  readonly name: string;
  readonly version: number;
}

/** Stored plugin configuration, for whoever may see or change it. */
export class PluginConfigService {
  readonly #store: PluginConfigStore;

  constructor(store: PluginConfigStore) {
    this.#store = store;
  }

  /** The values in effect, merged over all levels. Operators only: passwords are among them. */
  get(viewer: Viewer, { type, name, version }: ConfigSubject): ConfigValues {
    requireAccess(viewer, 'snap', 'operator');
    return this.#store.merged(type, name, version);
  }

  /** Merges values into the stored ones; answers the merged view. */
  async set(viewer: Viewer, { type, name, version }: ConfigSubject, values: ConfigValues): Promise<ConfigValues> {
    requireAccess(viewer, 'snap', 'operator');
    if (name.includes('\0')) throw snapError('SNAP_CONFIG_INVALID', 'A plugin name holds no NUL character.');
    return this.#store.set(type, name, version, values);
  }

  /** Removes keys; answers what remains. */
  async delete(viewer: Viewer, { type, name, version }: ConfigSubject, keys: readonly string[]): Promise<ConfigValues> {
    requireAccess(viewer, 'snap', 'operator');
    return this.#store.delete(type, name, version, keys);
  }
}
