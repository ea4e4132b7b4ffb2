import { snapError } from '../snap-errors.ts';
import { type BuiltinRuntime, builtinLocation } from './builtin/builtin-runtime.ts';
import { type PluginKey, type PluginType, pluginTypes } from './plugin.ts';
import type { PluginRecord } from './plugin-store.ts';
import type { PluginRuntime } from './runtime/plugin-runtime.ts';

/** What to load, and how. */
export interface PluginOrigin {
  readonly runtime: PluginRuntime;
  /** Where the runtime finds it. */
  readonly location: string;
  /** What is stored as its location. */
  readonly storedLocation: string;
  readonly signed: boolean;
}

/** How a built-in plugin is loaded. */
export const builtinOrigin = (builtins: BuiltinRuntime, key: PluginKey): PluginOrigin => ({
  runtime: builtins,
  location: builtinLocation(key),
  storedLocation: '',
  signed: false,
});

/** How a remembered plugin is loaded again. @throws SNAP_PLUGIN_LOAD_FAILED when no runtime for it is there */
export function originOf(record: PluginRecord, builtins: BuiltinRuntime): PluginOrigin {
  if (record.source === builtins.source) return builtinOrigin(builtins, record);
  throw snapError('SNAP_PLUGIN_LOAD_FAILED', `No runtime for plugins of the source '${record.source}' is there.`);
}

/** Reads `<type>/<name>/<version>`; undefined when it isn't that. */
export function parseBuiltinLocation(text: string): PluginKey | undefined {
  const [type = '', name = '', version = '', ...rest] = text.split('/');
  const isLocation = isPluginType(type) && name !== '' && /^[1-9]\d{0,8}$/.test(version) && rest.length === 0;
  return isLocation ? { type, name, version: Number(version) } : undefined;
}

const isPluginType = (text: string): text is PluginType => pluginTypes.some((type) => type === text);
