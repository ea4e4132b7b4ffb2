import { requireAccess, type Viewer } from '@pentagraph/kit';
import type { MetricCatalog } from '../metrics/metric-catalog.ts';
import { snapError } from '../snap-errors.ts';
import type { BuiltinRuntime } from './builtin/builtin-runtime.ts';
import type { LoadedPlugin, PluginKey, PluginReference } from './plugin.ts';
import type { TaskUsage } from './plugin-host.ts';
import type { PluginLoader } from './plugin-loader.ts';
import { builtinOrigin, parseBuiltinLocation } from './plugin-origin.ts';
import type { PluginFilter, PluginRegistry } from './plugin-registry.ts';
import type { PluginPools, RunningPlugin } from './pool/plugin-pools.ts';

/** What to load: a staged file, or an address. */
export interface LoadPluginRequest {
  readonly upload?: string | null;
  readonly attachments?: readonly string[] | null;
  readonly uri?: string | null;
}

interface Parts {
  readonly registry: PluginRegistry;
  readonly catalog: MetricCatalog;
  readonly pools: PluginPools;
  readonly loader: PluginLoader;
  readonly builtins: BuiltinRuntime;
  readonly usage: TaskUsage;
}

/** Loaded plugins, for whoever may see or change them. */
export class PluginService {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Loaded plugins, in the order they were loaded. */
  list(viewer: Viewer, filter: PluginFilter = {}): readonly LoadedPlugin[] {
    requireAccess(viewer, 'snap', 'viewer');
    return this.#parts.registry.list(filter);
  }

  /** A version below 1 is the newest. @throws SNAP_PLUGIN_NOT_FOUND */
  get(viewer: Viewer, reference: PluginReference): LoadedPlugin {
    requireAccess(viewer, 'snap', 'viewer');
    return this.#find(reference);
  }

  /** Instances that serve started tasks. */
  running(viewer: Viewer, filter: PluginFilter = {}): readonly RunningPlugin[] {
    requireAccess(viewer, 'snap', 'viewer');
    return this.#parts.pools.running(filter);
  }

  /** @throws SNAP_PLUGIN_ALREADY_LOADED, SNAP_PLUGIN_LOAD_FAILED */
  async load(viewer: Viewer, request: LoadPluginRequest, signal: AbortSignal): Promise<LoadedPlugin> {
    requireAccess(viewer, 'snap', 'admin');
    const key = builtinKey(request);
    return this.#parts.loader.load(builtinOrigin(this.#parts.builtins, key), key, signal);
  }

  /** A version below 1 is the newest. @throws SNAP_PLUGIN_NOT_FOUND, SNAP_PLUGIN_IN_USE (dossier 4.4) */
  async unload(viewer: Viewer, reference: PluginReference): Promise<LoadedPlugin> {
    requireAccess(viewer, 'snap', 'admin');
    return this.#parts.loader.unload(() => {
      const plugin = this.#find(reference);
      this.#refuseWhileInUse(plugin.meta, reference);
      return plugin;
    });
  }

  #find(reference: PluginReference): LoadedPlugin {
    const found = this.#parts.registry.find(reference);
    if (!found) throw snapError('SNAP_PLUGIN_NOT_FOUND', 'plugin not found', detailsOf(reference));
    return found.plugin;
  }

  #refuseWhileInUse(plugin: PluginKey, reference: PluginReference): void {
    const users = this.#parts.usage
      .startedTasks()
      .filter(({ requested }) => requested.some((request) => this.#parts.catalog.dependsOn(request, plugin)));
    if (users.length === 0) return;
    const ids = users.map(({ id }) => `\n${id}`).join('');
    throw snapError(
      'SNAP_PLUGIN_IN_USE',
      `Plugin is used by running task. Stop the task to be able to unload the plugin:${ids}`,
      detailsOf({ ...plugin, version: reference.version < 1 ? plugin.version : reference.version }),
    );
  }
}

/** The fields of the REST API's error bodies: all of them strings. */
const detailsOf = ({ type, name, version }: PluginReference) => ({
  pluginName: name,
  pluginType: type,
  pluginVersion: String(version),
});

const BUILTIN_SCHEME = 'builtin:';

/** Reads `builtin:<type>/<name>/<version>`. @throws SNAP_PLUGIN_LOAD_FAILED for anything else, saying what this build can do */
function builtinKey({ upload, uri }: LoadPluginRequest): PluginKey {
  if ((upload == null) === (uri == null)) throw loadFailed('Give exactly one of upload and uri.');
  if (!uri?.startsWith(BUILTIN_SCHEME)) {
    throw loadFailed(
      'This build of Pentagraph starts only its built-in plugins (builtin:<type>/<name>/<version>), no plugin processes yet.',
    );
  }
  const key = parseBuiltinLocation(uri.slice(BUILTIN_SCHEME.length));
  if (!key) throw loadFailed(`'${uri}' is not of the form builtin:<type>/<name>/<version>.`);
  return key;
}

const loadFailed = (message: string) => snapError('SNAP_PLUGIN_LOAD_FAILED', message);
