import { type EventBus, type Logger, MemoryEventBus } from '@pentagraph/kit';

/** The bus between the parts of a process, and between processes when there is a Redis. */
export async function openBus(redisUrl: string | undefined, logger: Logger): Promise<EventBus> {
  if (redisUrl === undefined) return new MemoryEventBus();
  const { RedisEventBus } = await import('./redis-event-bus.ts');
  return RedisEventBus.connect({ url: redisUrl, logger });
}
