import { RawJson } from '@pentagraph/kit/go-json';
import { del, get, put } from '../engine/json-route.ts';
import { routes } from '../engine/route.ts';
import {
  DeleteSnapPluginConfigDocument,
  SetSnapPluginConfigDocument,
  SnapPluginConfigDocument,
} from '../generated/snap-operations.ts';
import { reply, snapEnvelope } from './envelope.ts';
import { expandEnvironment } from './environment.ts';
import { readGoJson, stringList } from './go-request-json.ts';
import { configuredPlugin } from './plugin-url.ts';

export const pluginConfigRoutes = routes(snapEnvelope, [
  get('/v1/plugins/:type/:name/:version/config', SnapPluginConfigDocument, {
    vars: configuredPlugin,
    ok: ({ snapPluginConfig }) =>
      reply('config_plugin_item_returned', 'Plugin config item retrieved', new RawJson(snapPluginConfig.json)),
  }),
  put('/v1/plugins/:type/:name/:version/config', SetSnapPluginConfigDocument, {
    vars: (request) => ({ ...configuredPlugin(request), json: expandEnvironment(request.body.text) }),
    ok: ({ setSnapPluginConfig }) =>
      reply('config_plugin_item_created', 'Plugin config item(s) set', new RawJson(setSnapPluginConfig.json)),
  }),
  del('/v1/plugins/:type/:name/:version/config', DeleteSnapPluginConfigDocument, {
    vars: (request) => ({
      ...configuredPlugin(request),
      keys: readGoJson(expandEnvironment(request.body.text), 400, stringList),
    }),
    ok: ({ deleteSnapPluginConfig }) =>
      reply(
        'config_plugin_item_deleted',
        'Plugin config item field(s) deleted',
        new RawJson(deleteSnapPluginConfig.json),
      ),
  }),
]);
