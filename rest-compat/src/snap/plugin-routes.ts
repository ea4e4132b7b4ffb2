import type { Failure } from '../engine/failure.ts';
import { refuseRequest } from '../engine/failure.ts';
import { del, get } from '../engine/json-route.ts';
import { routes } from '../engine/route.ts';
import { SnapPluginDocument, type SnapPluginQuery, UnloadSnapPluginDocument } from '../generated/snap-operations.ts';
import { reply, snapEnvelope } from './envelope.ts';
import { isTrue } from './go-numbers.ts';
import { loadedPluginWithPolicy } from './plugin-body.ts';
import { pluginTypeName } from './plugin-types.ts';
import { namedPlugin, type PluginRequest, pluginFields, pluginNotFound } from './plugin-url.ts';

/** Here a version below 1 names no plugin, unlike elsewhere. */
function exactPlugin(request: PluginRequest) {
  const plugin = namedPlugin(request);
  if (plugin.version < 1) throw pluginNotFound(request);
  return plugin;
}

function found({ snapPlugin }: SnapPluginQuery, request: PluginRequest) {
  if (!snapPlugin) throw pluginNotFound(request);
  return snapPlugin;
}

const withFields = (failure: Failure, request: PluginRequest): Failure =>
  failure.code.startsWith('SNAP_PLUGIN_') ? { ...failure, details: pluginFields(request) } : failure;

export const pluginRoutes = routes(snapEnvelope, [
  // No plugin has a file to download until plugins run as processes of their own; this is what the original says of one
  // without a file (dossier 2.2: a plugin loaded by URL).
  get('/v1/plugins/:type/:name/:version', SnapPluginDocument, {
    when: ({ query }) => isTrue(query.get('download')),
    vars: exactPlugin,
    ok: (result, request) => {
      found(result, request);
      throw refuseRequest(500, 'open : no such file or directory', pluginFields(request));
    },
    failed: withFields,
  }),
  get('/v1/plugins/:type/:name/:version', SnapPluginDocument, {
    vars: exactPlugin,
    ok: (result, request) =>
      reply('plugin_returned', 'Plugin returned', loadedPluginWithPolicy(request.origin, found(result, request))),
    failed: withFields,
  }),
  del('/v1/plugins/:type/:name/:version', UnloadSnapPluginDocument, {
    vars: namedPlugin,
    ok: ({ unloadSnapPlugin: { type, name, version } }) =>
      reply('plugin_unloaded', `Plugin successfully unloaded (${name}v${version})`, {
        name,
        version,
        type: pluginTypeName(type),
      }),
    // Unlike getting one, unloading a plugin that is not there is the server's fault to the original (dossier 2.2).
    failed: (failure, request) => ({
      ...withFields(failure, request),
      status: failure.code === 'SNAP_PLUGIN_NOT_FOUND' ? 500 : failure.status,
    }),
  }),
]);
