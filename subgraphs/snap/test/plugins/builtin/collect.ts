import { ManualClock, testContext } from '@pentagraph/kit/testing';
import type { ConfigValues, MetricSample } from '../../../src/metrics/metric.ts';
import { MetricCatalog } from '../../../src/metrics/metric-catalog.ts';
import type { BuiltinDependencies, BuiltinPlugin } from '../../../src/plugins/builtin/builtin-plugin.ts';
import { BuiltinRuntime, builtinLocation } from '../../../src/plugins/builtin/builtin-runtime.ts';
import type { LoadedPlugin } from '../../../src/plugins/plugin.ts';
import type { MetricRequest, PluginInstance } from '../../../src/plugins/runtime/plugin-runtime.ts';

export const { signal } = testContext();

/** What built-in plugins get in tests: time stands still, and of all random numbers the middle one comes. */
export const dependencies = (overrides: Partial<BuiltinDependencies> = {}): BuiltinDependencies => ({
  clock: new ManualClock(),
  random: () => 0.5,
  logger: testContext().logger,
  ...overrides,
});

/** A built-in plugin as a host would run it: asked for metrics by their namespaces. */
export async function running(plugin: BuiltinPlugin) {
  const runtime = new BuiltinRuntime([plugin]);
  const location = builtinLocation(plugin.meta);
  const { meta, policy, metrics } = await runtime.describe(location, {}, signal);
  const loaded: LoadedPlugin = { meta, policy, source: 'builtin', signed: false, loadedAtMs: 0 };
  const catalog = new MetricCatalog();
  catalog.add(loaded, metrics);
  const instance: PluginInstance = await runtime.start(loaded, location, signal);
  const requests = (namespaces: readonly string[], config: ConfigValues = {}): readonly MetricRequest[] =>
    namespaces
      .flatMap((namespace) => catalog.resolve({ namespace, version: 0 }).metrics)
      .map(({ namespace, version, unit, description, advertisedAtMs }) => ({
        namespace,
        version,
        unit,
        description,
        lastAdvertisedMs: advertisedAtMs,
        config,
        tags: null,
      }));
  const collect = (namespaces: readonly string[], config?: ConfigValues): Promise<readonly MetricSample[]> =>
    instance.collect(requests(namespaces, config), signal);
  return { runtime, location, instance, requests, collect, catalog };
}
