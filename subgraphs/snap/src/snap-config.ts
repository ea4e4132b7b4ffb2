import { integer, type SettingKind, type SettingsOf, setting } from '@pentagraph/kit/settings';
import type { TagsByPrefix } from './metrics/metric.ts';

/** Which built-in plugins are there after the first start. */
export type BuiltinSelection = 'all' | 'none' | readonly string[];

const builtinSelection: SettingKind<BuiltinSelection> = {
  allowed: 'all, none, or a comma-separated list of <type>/<name>/<version>',
  read(given) {
    if (given === 'all' || given === 'none') return given;
    const parts: readonly unknown[] = typeof given === 'string' ? given.split(',') : Array.isArray(given) ? given : [];
    const names = parts.map((part) => (typeof part === 'string' ? part.trim().toLowerCase() : ''));
    return names.length > 0 && names.every((name) => /^[^/\s]+\/[^/\s]+\/[1-9]\d*$/.test(name)) ? names : undefined;
  },
};

const tagTable: SettingKind<TagsByPrefix> = {
  allowed: 'an object of namespace prefixes, each with an object of tags (as JSON on the command line)',
  read(given) {
    const table = typeof given === 'string' ? fromJson(given) : given;
    const isTable =
      isObject(table) &&
      Object.entries(table).every(
        ([prefix, tags]) =>
          prefix.startsWith('/') && isObject(tags) && Object.values(tags).every((tag) => typeof tag === 'string'),
      );
    return isTable ? (table as TagsByPrefix) : undefined;
  },
};

/** The settings of the snap domain; the names in brackets are the original daemon's (dossier 3.8, 4.16). */
export const snapSettings = {
  builtinPlugins: setting(builtinSelection, {
    default: 'all',
    description:
      'Built-in plugins that are loaded when the database is new. Afterwards loading and unloading decides; what was unloaded stays unloaded.',
    example: 'collector/host/1,publisher/file/1',
  }),
  maxRunningPlugins: setting(integer(1, 1000), {
    default: 3,
    description:
      'Most running instances of one plugin. Built-in plugins that give each task an instance of its own are not counted: theirs are no processes. [max_running_plugins]',
    example: '3',
  }),
  maxPluginRestarts: setting(integer(-1), {
    default: 3,
    description:
      'How often dead instances of a plugin are replaced while it is loaded; -1 means always. [max_plugin_restarts]',
    example: '-1',
  }),
  cacheTtlMs: setting(integer(0, 3_600_000), {
    default: 500,
    description:
      'How long, in milliseconds, a collected value is served again instead of collecting anew; a plugin may only lengthen it. [cache_expiration]',
    example: '500',
  }),
  taskQueueSize: setting(integer(1, 1_000_000), {
    default: 1000,
    description:
      'Jobs that may wait in each of the three queues (collect, process, publish); one more fails with `limit exceeded`. [work_manager_queue_size, 25 there]',
    example: '25',
  }),
  taskWorkers: setting(integer(1, 1000), {
    default: 4,
    description: 'Jobs of each of the three queues that run at the same time. [work_manager_pool_size]',
    example: '4',
  }),
  tags: setting(tagTable, {
    default: {},
    description:
      'Tags for all collected metrics below a namespace prefix (`/` is every metric); deeper prefixes win. [tags]',
    example: '{"/": {"site": "lab"}}',
  }),
} as const;

export type SnapConfig = SettingsOf<typeof snapSettings>;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
