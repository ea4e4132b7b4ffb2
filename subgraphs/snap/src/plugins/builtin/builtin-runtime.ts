import { messageOf } from '@pentagraph/kit';
import type { ConfigValues, MetricSample } from '../../metrics/metric.ts';
import { snapError } from '../../snap-errors.ts';
import type { LoadedPlugin, PluginKey, PluginMeta } from '../plugin.ts';
import type {
  MetricRequest,
  PluginDescription,
  PluginInstance,
  PluginRuntime,
  StreamLimits,
} from '../runtime/plugin-runtime.ts';
import { type BuiltinBehaviour, type BuiltinPlugin, PluginCrash } from './builtin-plugin.ts';

/** Where a built-in plugin is found: `collector/mock/1`. */
export const builtinLocation = ({ type, name, version }: PluginKey): string => `${type}/${name}/${version}`;

/** Runs the plugins that are part of Pentagraph, through the same interface as processes. */
export class BuiltinRuntime implements PluginRuntime {
  readonly source = 'builtin';
  readonly #plugins: ReadonlyMap<string, BuiltinPlugin>;

  constructor(plugins: readonly BuiltinPlugin[]) {
    this.#plugins = new Map(plugins.map((plugin) => [builtinLocation(plugin.meta), plugin]));
  }

  /** All there are, in the order they are loaded at the first start. */
  get keys(): readonly PluginKey[] {
    return [...this.#plugins.values()].map(({ meta }) => meta);
  }

  async describe(location: string, config: ConfigValues, signal: AbortSignal): Promise<PluginDescription> {
    signal.throwIfAborted();
    const { meta, policy, metrics } = this.#plugin(location);
    try {
      return { meta, policy, metrics: metrics(config) };
    } catch (error) {
      throw snapError('SNAP_PLUGIN_LOAD_FAILED', messageOf(error), {}, error);
    }
  }

  async start(_plugin: LoadedPlugin, location: string, signal: AbortSignal): Promise<PluginInstance> {
    signal.throwIfAborted();
    const plugin = this.#plugin(location);
    return new BuiltinInstance(plugin.meta, plugin.start());
  }

  #plugin(location: string): BuiltinPlugin {
    const plugin = this.#plugins.get(location);
    if (plugin) return plugin;
    throw snapError(
      'SNAP_PLUGIN_LOAD_FAILED',
      `There is no built-in plugin ${location}. There are: ${[...this.#plugins.keys()].join(', ')}`,
    );
  }
}

class BuiltinInstance implements PluginInstance {
  readonly meta: PluginMeta;
  readonly pprofPort = '';
  readonly #behaviour: BuiltinBehaviour;
  /** Aborted when the instance was killed or crashed; the reason is what its callers are told. */
  readonly #ended = new AbortController();

  constructor(meta: PluginMeta, behaviour: BuiltinBehaviour) {
    this.meta = meta;
    this.#behaviour = behaviour;
  }

  async ping(): Promise<void> {
    this.#ended.signal.throwIfAborted();
  }

  collect(requests: readonly MetricRequest[], signal: AbortSignal): Promise<readonly MetricSample[]> {
    return this.#run('CollectMetrics call error : ', () => required(this.#behaviour.collect)(requests, signal));
  }

  process(samples: readonly MetricSample[], config: ConfigValues): Promise<readonly MetricSample[]> {
    return this.#run('Process call error: ', () => required(this.#behaviour.process)(samples, config));
  }

  publish(samples: readonly MetricSample[], config: ConfigValues): Promise<void> {
    return this.#run('Publish call error: ', () => required(this.#behaviour.publish)(samples, config));
  }

  async *stream(
    requests: readonly MetricRequest[],
    limits: StreamLimits,
    signal: AbortSignal,
  ): AsyncGenerator<readonly MetricSample[]> {
    this.#ended.signal.throwIfAborted();
    const either = AbortSignal.any([signal, this.#ended.signal]);
    yield* required(this.#behaviour.stream)(requests, limits, either);
  }

  async kill(reason: string): Promise<void> {
    this.#ended.abort(new Error(`plugin was ended: ${reason}`));
  }

  /** Runs a call; its error carries the prefix that the original's plugin libraries put before it. */
  async #run<Result>(prefix: string, work: () => Promise<Result>): Promise<Result> {
    this.#ended.signal.throwIfAborted();
    try {
      return await work();
    } catch (error) {
      if (error instanceof PluginCrash) this.#ended.abort(new Error('connection is shut down'));
      throw error instanceof PluginCrash ? error : new Error(prefix + messageOf(error), { cause: error });
    }
  }
}

/** The calls a plugin of this type doesn't have are never made: pools are per type. */
function required<Call>(call: Call | undefined): Call {
  if (call === undefined) throw new Error('The plugin does not do this.');
  return call;
}
