import type { ApiRequest } from '../engine/api-request.ts';
import { fixed } from '../engine/fixed-route.ts';
import { get } from '../engine/json-route.ts';
import { routes } from '../engine/route.ts';
import type {
  PluginSummaryFragment,
  SnapPluginFilter,
  SnapPluginsWithInstancesQuery,
} from '../generated/snap-operations.ts';
import { SnapPluginsDocument, SnapPluginsWithInstancesDocument } from '../generated/snap-operations.ts';
import { reply, type SnapReply, snapEnvelope } from './envelope.ts';
import { availablePlugin, loadedPlugin, unlessEmpty } from './plugin-body.ts';
import { pluginTypeNamed } from './plugin-types.ts';

interface PluginLists {
  readonly loaded: readonly PluginSummaryFragment[];
  readonly running?: SnapPluginsWithInstancesQuery['snapRunningPlugins'];
}

const listed = ({ loaded, running = [] }: PluginLists, { origin }: Pick<ApiRequest, 'origin'>): SnapReply =>
  reply('plugin_list_returned', 'Plugin list returned', {
    loaded_plugins: unlessEmpty(loaded.map((plugin) => loadedPlugin(origin, plugin))),
    available_plugins: unlessEmpty(running.map((plugin) => availablePlugin(origin, plugin))),
  });

/** The flag counts by its presence, whatever its value. */
const withDetails = ({ query }: Pick<ApiRequest, 'query'>): boolean => query.has('details');

/** The three lists differ only in what they filter by (dossier 2.2). */
const lists = <const Path extends string>(path: Path, filterOf: (params: ApiRequest['params']) => SnapPluginFilter) => [
  get(path, SnapPluginsWithInstancesDocument, {
    when: withDetails,
    vars: ({ params }) => ({ filter: filterOf(params) }),
    ok: ({ snapPlugins, snapRunningPlugins }, request) =>
      listed({ loaded: snapPlugins.nodes, running: snapRunningPlugins }, request),
  }),
  get(path, SnapPluginsDocument, {
    vars: ({ params }) => ({ filter: filterOf(params) }),
    ok: ({ snapPlugins }, request) => listed({ loaded: snapPlugins.nodes }, request),
  }),
];

/** A type nobody knows has no plugins, which is no error here. */
const ofNoType = <const Path extends `/${string}/:type${string}`>(path: Path) =>
  fixed('GET', path, {
    when: ({ params }) => !pluginTypeNamed(params.type ?? ''),
    ok: (request) => listed({ loaded: [] }, request),
  });

export const pluginListRoutes = routes(snapEnvelope, [
  ...lists('/v1/plugins', () => ({})),
  ofNoType('/v1/plugins/:type'),
  ...lists('/v1/plugins/:type', ({ type = '' }) => ({ type: pluginTypeNamed(type) })),
  ofNoType('/v1/plugins/:type/:name'),
  ...lists('/v1/plugins/:type/:name', ({ type = '', name }) => ({ type: pluginTypeNamed(type), name })),
]);
