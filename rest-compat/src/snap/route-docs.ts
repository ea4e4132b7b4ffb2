import type { JsonSchema, RouteDocs } from '../engine/route-docs.ts';
import { enveloped, schema } from './schemas.ts';

/** v1 sends its JSON as text; clients ignore the content type. */
const mediaType = 'text/plain';

const success = (type: string, body: JsonSchema) => ({ mediaType, schema: enveloped(type, body) });

const refused = (...statuses: readonly number[]): RouteDocs['responses'] =>
  Object.fromEntries(
    statuses.map((status) => [
      status,
      { mediaType, schema: enveloped('error', schema('Error')), description: 'Refused; the message says why.' },
    ]),
  );

const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });
const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({ type: 'object', properties });

const pluginParams = {
  type: 'collector, processor, publisher or streaming-collector',
  name: 'Name of the plugin, lower case',
  version: 'Version of the plugin',
};
const configParams = { ...pluginParams, type: `${pluginParams.type}; or its number, 0 to 3` };
const taskParams = { id: 'Id of the task' };

const details = {
  details: { description: 'List running instances too; counts by its presence.', schema: { type: 'string' } },
};
const version = { ver: { description: 'Version of the metric; below 0: the newest.', schema: { type: 'integer' } } };
const withEnvironment =
  '`$NAME`, also with braces around the name, is replaced by that environment variable of the server.';

const pluginList = (summary: string): RouteDocs => ({
  tag: 'plugins',
  summary,
  params: pluginParams,
  query: details,
  responses: { 200: success('plugin_list_returned', schema('PluginList')) },
});

const config = (summary: string, type: string, request?: JsonSchema): RouteDocs => ({
  tag: 'plugins',
  summary,
  description: `The plugin need not be loaded.${request ? ` ${withEnvironment}` : ''}`,
  params: configParams,
  ...(request && { request: [{ mediaType: 'application/json', schema: request }] }),
  responses: { 200: success(type, schema('PluginConfig')), ...refused(400) },
});

const taskAction = (summary: string, type: string, ...errors: readonly number[]): RouteDocs => ({
  tag: 'tasks',
  summary,
  params: taskParams,
  responses: { 200: success(type, schema('TaskId')), ...refused(...errors) },
});

/** What OpenAPI says of each row (dossier 2.2). */
export const snapDocs: Readonly<Record<string, RouteDocs>> = {
  'GET /v1/plugins': pluginList('Loaded plugins'),
  'GET /v1/plugins/:type': pluginList('Loaded plugins of a type'),
  'GET /v1/plugins/:type/:name': pluginList('Loaded plugins of a type and name'),
  'POST /v1/plugins': {
    tag: 'plugins',
    summary: 'Load a plugin',
    description:
      'The first part is the plugin; up to four more are told by their file names: `*.asc` a signature, `crt.*`, `key.*`, ' +
      '`cacerts.*` paths of TLS files. With the header `Plugin-Compression: gzip` each part is a gzip stream.',
    request: [
      {
        mediaType: 'multipart/form-data',
        schema: object({ 'snap-plugins': { type: 'string', contentMediaType: 'application/octet-stream' } }),
      },
      {
        mediaType: 'application/json',
        schema: object({
          uri: { type: 'string', description: 'Address of a stand-alone plugin, or `builtin:type/name/version`.' },
        }),
      },
    ],
    responses: {
      201: success('plugins_loaded', object({ loaded_plugins: listOf(schema('LoadedPlugin')) })),
      ...refused(409, 415, 500),
    },
  },
  'GET /v1/plugins/:type/:name/:version': {
    tag: 'plugins',
    summary: 'One loaded plugin',
    params: pluginParams,
    query: { download: { description: 'Answer the file of the plugin instead.', schema: { type: 'string' } } },
    responses: { 200: success('plugin_returned', schema('LoadedPlugin')), ...refused(400, 404, 500) },
  },
  'DELETE /v1/plugins/:type/:name/:version': {
    tag: 'plugins',
    summary: 'Unload a plugin',
    description: 'A version below 1 means the newest.',
    params: pluginParams,
    responses: { 200: success('plugin_unloaded', schema('PluginName')), ...refused(400, 500) },
  },
  'GET /v1/plugins/:type/:name/:version/config': config(
    'Stored configuration of a plugin',
    'config_plugin_item_returned',
  ),
  'PUT /v1/plugins/:type/:name/:version/config': config(
    'Merge values into the configuration',
    'config_plugin_item_created',
    schema('PluginConfig'),
  ),
  'DELETE /v1/plugins/:type/:name/:version/config': config(
    'Delete keys of the configuration',
    'config_plugin_item_deleted',
    listOf({ type: 'string' }),
  ),
  'GET /v1/metrics': {
    tag: 'metrics',
    summary: 'Metrics of the catalog',
    query: {
      ns: { description: 'A namespace; its first character is its separator.', schema: { type: 'string' } },
      ...version,
    },
    responses: { 200: success('metrics_returned', listOf(schema('Metric'))), ...refused(400, 404) },
  },
  'GET /v1/metrics/*namespace': {
    tag: 'metrics',
    summary: 'Metrics below a namespace, or with `ver` exactly one metric',
    params: { namespace: 'A namespace with slashes; a `*` at its end changes nothing but the meaning of `ver`' },
    query: version,
    responses: {
      200: {
        mediaType,
        schema: {
          oneOf: [
            enveloped('metrics_returned', listOf(schema('Metric'))),
            enveloped('metric_returned', object({ Metric: schema('Metric') })),
          ],
        },
      },
      ...refused(400, 404),
    },
  },
  'GET /v1/tasks': {
    tag: 'tasks',
    summary: 'All tasks',
    responses: {
      200: success('scheduled_task_list_returned', object({ ScheduledTasks: listOf(schema('TaskSummary')) })),
    },
  },
  'POST /v1/tasks': {
    tag: 'tasks',
    summary: 'Create a task',
    description: withEnvironment,
    request: [{ mediaType: 'application/json', schema: schema('TaskManifest') }],
    responses: { 201: success('scheduled_task_created', schema('Task')), ...refused(500) },
  },
  'GET /v1/tasks/:id': {
    tag: 'tasks',
    summary: 'One task',
    params: taskParams,
    responses: { 200: success('scheduled_task_returned', schema('Task')), ...refused(404) },
  },
  'DELETE /v1/tasks/:id': taskAction('Remove a task that does not run', 'scheduled_task_removed', 404, 500),
  'PUT /v1/tasks/:id/start': taskAction('Start a task', 'scheduled_task_started', 404, 409, 500),
  'PUT /v1/tasks/:id/stop': taskAction('Stop a task', 'scheduled_task_stopped', 404, 500),
  'PUT /v1/tasks/:id/enable': {
    tag: 'tasks',
    summary: 'Make a disabled task startable again',
    params: taskParams,
    responses: { 200: success('scheduled_task_enabled', schema('Task')), ...refused(404, 500) },
  },
  'GET /v1/tasks/:id/watch': {
    tag: 'tasks',
    summary: 'Watch a task',
    description: 'Lines `data: <JSON>` and blank ones; when the task stops, the envelope of the end follows as it is.',
    params: taskParams,
    responses: { 200: { mediaType: 'text/event-stream', schema: { type: 'string' } }, ...refused(404) },
  },
};
