import type { Logger } from '@pentagraph/kit';
import type { BuiltinSelection } from '../snap-config.ts';
import { type BuiltinRuntime, builtinLocation } from './builtin/builtin-runtime.ts';
import { type PluginKey, pluginId } from './plugin.ts';
import type { PluginLoader } from './plugin-loader.ts';
import { builtinOrigin, originOf } from './plugin-origin.ts';
import type { PluginStore } from './plugin-store.ts';

interface Restoration {
  readonly loader: PluginLoader;
  readonly store: PluginStore;
  readonly builtins: BuiltinRuntime;
  readonly selection: BuiltinSelection;
  readonly logger: Logger;
}

/**
 * Loads at start what was loaded before, in the same order, then the selected built-in plugins that were never loaded. A
 * plugin that can't be loaded is left out with a line in the log: the others serve on.
 * @throws Error when the selection names a plugin that is not built in
 */
export async function restorePlugins(
  { loader, store, builtins, selection, logger }: Restoration,
  signal: AbortSignal,
): Promise<void> {
  const selected = selectedBuiltins(selection, builtins);
  const records = await store.list();
  const attempt = async (plugin: PluginKey, load: () => Promise<unknown>): Promise<void> => {
    try {
      await load();
    } catch (error) {
      signal.throwIfAborted();
      logger.error({ err: error, plugin: pluginId(plugin) }, 'a plugin could not be loaded at start');
    }
  };
  for (const record of records.filter(({ loaded }) => loaded)) {
    await attempt(record, async () => loader.restore(record, originOf(record, builtins), signal));
  }
  const known = new Set(records.map(builtinLocation));
  for (const key of selected.filter((plugin) => !known.has(builtinLocation(plugin)))) {
    await attempt(key, () => loader.load(builtinOrigin(builtins, key), key, signal));
  }
}

function selectedBuiltins(selection: BuiltinSelection, builtins: BuiltinRuntime): readonly PluginKey[] {
  if (selection === 'all') return builtins.keys;
  if (selection === 'none') return [];
  const unknown = selection.filter((location) => !builtins.keys.some((key) => builtinLocation(key) === location));
  if (unknown.length === 0) return builtins.keys.filter((key) => selection.includes(builtinLocation(key)));
  const known = builtins.keys.map(builtinLocation).join(', ');
  throw new Error(`builtinPlugins names what is not built in: ${unknown.join(', ')}. There are: ${known}`);
}
