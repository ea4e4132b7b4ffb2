import { defaultsOf, localOperator } from '@pentagraph/kit';
import { ManualClock, testContext } from '@pentagraph/kit/testing';
import type { SnapClient } from '@pentagraph/prisma';
import type { PluginReference } from '../../src/plugins/plugin.ts';
import type { RequestedMetric } from '../../src/plugins/plugin-host.ts';
import { createPluginWorld } from '../../src/plugins/plugin-world.ts';
import { type SnapConfig, snapSettings } from '../../src/snap-config.ts';

export const { signal, logger } = testContext();
export const viewer = localOperator;

/** A started plugin world on a database, with tasks that a test declares started. */
export async function startedWorld(client: SnapClient, config: Partial<SnapConfig> = {}) {
  const clock = new ManualClock();
  const startedTasks: { id: string; requested: readonly RequestedMetric[] }[] = [];
  const world = createPluginWorld({
    database: client,
    clock,
    logger,
    random: () => 0.5,
    hostName: 'vm',
    config: { ...defaultsOf(snapSettings), ...config },
    usage: { startedTasks: () => startedTasks },
  });
  await world.start(signal);
  const load = (location: string) => world.plugins.load(viewer, { uri: `builtin:${location}` }, signal);
  const unload = (type: PluginReference['type'], name: string, version = 0) =>
    world.plugins.unload(viewer, { type, name, version });
  const loaded = () => world.plugins.list(viewer).map(({ meta }) => `${meta.type}/${meta.name}/${meta.version}`);
  return { ...world, clock, startedTasks, load, unload, loaded };
}
