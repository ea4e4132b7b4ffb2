import type { JsonSchema } from '../engine/route-docs.ts';

const text: JsonSchema = { type: 'string' };
const integer: JsonSchema = { type: 'integer' };
const flag: JsonSchema = { type: 'boolean' };
const unixSeconds: JsonSchema = { type: 'integer', description: 'Seconds since the Unix epoch.' };

const listOf = (items: JsonSchema): JsonSchema => ({ type: 'array', items });

/** An object whose members are required unless they are named as optional. */
const object = (properties: Readonly<Record<string, JsonSchema>>, optional: readonly string[] = []): JsonSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
});

/** A schema of {@link snapSchemas}, by reference. */
export const schema = (name: keyof typeof snapSchemas): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` });

const taskProgress = {
  creation_timestamp: unixSeconds,
  last_run_timestamp: { type: 'integer', description: 'Unix seconds; -1 for a task that never ran or was stopped.' },
  hit_count: { type: 'integer', description: 'Firings, successful or not.' },
  miss_count: { type: 'integer', description: 'Whole intervals that passed without a firing.' },
  failed_count: integer,
  last_failure_message: text,
  task_state: { type: 'string', enum: ['Stopped', 'Running', 'Stopping', 'Ended', 'Disabled'] },
  href: text,
} as const;

const progressOptional = ['creation_timestamp', 'hit_count', 'miss_count', 'failed_count', 'last_failure_message'];

/** The shapes of v1 bodies (dossier 3). */
export const snapSchemas = {
  Rule: object(
    {
      name: text,
      type: { type: 'string', enum: ['string', 'integer', 'float', 'bool'] },
      default: { description: 'Used when the key is absent.' },
      required: flag,
      minimum: { type: 'number' },
      maximum: { type: 'number' },
    },
    ['default', 'minimum', 'maximum'],
  ),
  LoadedPlugin: object(
    {
      name: text,
      version: integer,
      type: ref('PluginType'),
      signed: flag,
      status: { const: 'loaded' },
      loaded_timestamp: unixSeconds,
      href: text,
      policy: listOf(ref('Rule')),
    },
    ['policy'],
  ),
  AvailablePlugin: object({
    name: text,
    version: integer,
    type: ref('PluginType'),
    hitcount: integer,
    last_hit_timestamp: unixSeconds,
    id: integer,
    href: text,
    pprof_port: text,
  }),
  PluginType: { type: 'string', enum: ['collector', 'processor', 'publisher', 'streaming-collector'] },
  PluginList: object(
    { loaded_plugins: listOf(ref('LoadedPlugin')), available_plugins: listOf(ref('AvailablePlugin')) },
    ['loaded_plugins', 'available_plugins'],
  ),
  PluginName: object({ name: text, version: integer, type: ref('PluginType') }),
  PluginConfig: {
    type: 'object',
    additionalProperties: { type: ['string', 'number', 'boolean'] },
    description: 'A flat object.',
  },
  Metric: object(
    {
      last_advertised_timestamp: unixSeconds,
      namespace: text,
      version: integer,
      dynamic: flag,
      dynamic_elements: listOf(object({ index: integer, name: text, description: text }, ['index'])),
      description: text,
      unit: text,
      policy: listOf(ref('Rule')),
      href: text,
    },
    ['dynamic_elements', 'description', 'unit', 'policy'],
  ),
  Schedule: object(
    {
      type: { type: 'string', enum: ['windowed', 'cron'] },
      interval: text,
      start_timestamp: text,
      stop_timestamp: text,
    },
    ['start_timestamp', 'stop_timestamp'],
  ),
  TaskManifest: {
    type: 'object',
    description: 'A task manifest (dossier 3.5). Other keys are refused.',
    properties: {
      name: text,
      version: { type: 'integer', description: 'Ignored.' },
      deadline: { type: 'string', description: 'Go duration, default `5s`.' },
      start: { type: 'boolean', description: 'Start it at once.' },
      'max-failures': {
        type: 'integer',
        description: 'Consecutive failed firings that disable it. 0: 10; negative: never.',
      },
      'max-collect-duration': text,
      'max-metrics-buffer': integer,
      schedule: {
        type: 'object',
        properties: {
          type: { type: 'string', enum: ['simple', 'windowed', 'cron', 'streaming'] },
          interval: text,
          start_timestamp: text,
          stop_timestamp: text,
          count: integer,
        },
      },
      workflow: { type: 'object', properties: { collect: { type: 'object' } } },
    },
    required: ['schedule', 'workflow'],
    additionalProperties: false,
  },
  Task: object(
    { id: text, name: text, deadline: text, workflow: { type: 'object' }, schedule: ref('Schedule'), ...taskProgress },
    ['schedule', ...progressOptional],
  ),
  TaskSummary: object({ id: text, name: text, deadline: text, ...taskProgress }, progressOptional),
  TaskId: object({ id: text }),
  Error: object({ message: text, fields: { type: 'object', additionalProperties: text } }),
} as const satisfies Readonly<Record<string, JsonSchema>>;

/** The v1 envelope around a body. */
export const enveloped = (type: string, body: JsonSchema): JsonSchema =>
  object({
    meta: object({ code: integer, message: text, type: { const: type }, version: { const: 1 } }),
    body,
  });
