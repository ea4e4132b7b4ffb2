import type { ApiRequest } from '../engine/api-request.ts';
import { type Failure, RequestRefused, refuseRequest } from '../engine/failure.ts';
import type { SnapPluginType } from '../generated/snap-operations.ts';
import { atoi, atoiOrNothing, graphVersion } from './go-numbers.ts';
import { pluginTypeNamed, pluginTypeNumbered } from './plugin-types.ts';

/** A request whose URL names one plugin: `/v1/plugins/:type/:name/:version`. */
export type PluginRequest = ApiRequest<{ readonly type: string; readonly name: string; readonly version: string }>;

/** A plugin as the graph's operations name it. */
export interface PluginVariables {
  readonly type: SnapPluginType;
  readonly name: string;
  readonly version: number;
}

/**
 * The plugin a URL names.
 * @throws RequestRefused 400 `invalid version`, 404 `plugin not found` for a type nobody knows; both with fields.
 */
export function namedPlugin(request: PluginRequest): PluginVariables {
  const version = atoiOrNothing(request.params.version);
  if (version === undefined) throw refuseRequest(400, 'invalid version', pluginFields(request));
  const type = pluginTypeNamed(request.params.type);
  if (!type) throw pluginNotFound(request);
  return { type, name: request.params.name, version: graphVersion(version) };
}

/** The `fields` of an error about a plugin; a version that is no number counts as 0. */
export const pluginFields = ({ params: { type, name, version } }: PluginRequest): Failure['details'] => ({
  fields: {
    'plugin-name': name,
    'plugin-type': type,
    'plugin-version': String(atoiOrNothing(version) ?? 0n),
  },
});

export const pluginNotFound = (request: PluginRequest): RequestRefused =>
  new RequestRefused({
    status: 404,
    code: 'SNAP_PLUGIN_NOT_FOUND',
    message: 'plugin not found',
    details: pluginFields(request),
  });

/**
 * The plugin whose stored configuration a URL names; the type may be a number, and the plugin need not be loaded.
 * @throws RequestRefused 400 with the original's texts.
 */
export const configuredPlugin = ({ params }: PluginRequest): PluginVariables => ({
  type: typeByNameOrNumber(params.type),
  name: params.name,
  version: graphVersion(atoi(params.version)),
});

function typeByNameOrNumber(text: string): SnapPluginType {
  const number = atoiOrNothing(text);
  const type = number === undefined ? pluginTypeNamed(text) : pluginTypeNumbered(number);
  if (type) return type;
  throw refuseRequest(400, `invalid plugin type ${number === undefined ? 'name' : 'id'} given ${number ?? text}`);
}
