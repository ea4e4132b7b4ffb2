import { randomUUID } from 'node:crypto';
import { connect, createServer, type Socket } from 'node:net';
import { type EventBus, SlowConsumerError } from '@pentagraph/kit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EventsLostError, RedisEventBus } from '../../src/process/redis-event-bus.ts';
import { recordedLogger } from './recorded-logger.ts';

const url = process.env.PENTAGRAPH_TEST_REDIS_URL ?? '';

/** Two processes' buses on the same Redis; `prefix` keeps tests apart. */
async function twoBuses(): Promise<{ readonly here: EventBus; readonly there: EventBus }> {
  const prefix = `${randomUUID()}:`;
  const open = async () => {
    const bus = await RedisEventBus.connect({ url, prefix, logger: recordedLogger().logger });
    onTestFinished(() => bus.close());
    return bus;
  };
  return { here: await open(), there: await open() };
}

/** A TCP relay to Redis whose connections can be cut. */
async function relayToRedis(): Promise<{ readonly url: string; cut(): void }> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(target.port || 6379), target.hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        client.destroy();
        upstream.destroy();
      });
    }
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  onTestFinished(() => {
    server.close();
    cut();
  });
  const { port } = server.address() as { port: number };
  return { url: `redis://127.0.0.1:${port}`, cut };
}

it('says why it can not connect', async () => {
  const options = { url: 'redis://127.0.0.1:1', logger: recordedLogger().logger };
  await expect(RedisEventBus.connect(options)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

const withRedis = () => {
  it('carries events to subscribers of both processes, once each and in order', async () => {
    const { here, there } = await twoBuses();
    const [local, remote] = [here.subscribe<number>('c'), there.subscribe<number>('c')];
    for (const event of [1, 2, 3]) here.publish('c', event);
    there.publish('c', 4);
    const read = async (events: AsyncIterableIterator<number>) => {
      const values: number[] = [];
      while (values.length < 4) values.push((await events.next()).value);
      return values;
    };
    const byOrigin = (values: number[]) => [values.filter((value) => value < 4), values.filter((value) => value === 4)];
    expect(byOrigin(await read(local))).toEqual([[1, 2, 3], [4]]);
    expect(byOrigin(await read(remote))).toEqual([[1, 2, 3], [4]]);
  });

  it('keeps dates, bigints, bytes and holes as they are', async () => {
    const { here, there } = await twoBuses();
    const events = there.subscribe('c');
    const event = {
      at: new Date(0),
      nanos: 2n ** 63n,
      bytes: new Uint8Array([1, 2]),
      nothing: undefined,
      list: [null],
    };
    here.publish('c', event);
    expect((await events.next()).value).toEqual(event);
  });

  it('keeps channels apart', async () => {
    const { here, there } = await twoBuses();
    const events = there.subscribe('b');
    here.publish('a', 'no');
    here.publish('b', 'yes');
    expect((await events.next()).value).toBe('yes');
  });

  it('ends a subscription by its signal, by its reader, and by close', async () => {
    const { here } = await twoBuses();
    const abort = new AbortController();
    const subscriptions = [here.subscribe('c', { signal: abort.signal }), here.subscribe('c'), here.subscribe('c')];
    expect(here.subscriberCount('c')).toBe(4);
    abort.abort();
    await subscriptions[1]?.return?.();
    expect(here.subscriberCount('c')).toBe(2);
    await here.close();
    for (const subscription of subscriptions)
      expect(await subscription.next()).toEqual({ value: undefined, done: true });
    expect(here.subscriberCount('c')).toBe(1);
  });

  it('drops a reader that is too slow', async () => {
    const { here } = await twoBuses();
    const events = here.subscribe('c', { bufferSize: 1 });
    here.publish('c', 1);
    here.publish('c', 2);
    expect((await events.next()).value).toBe(1);
    await expect(events.next()).rejects.toBeInstanceOf(SlowConsumerError);
  });

  it('ends subscriptions that must not have holes when the connection is lost, and works again afterwards', async () => {
    const relay = await relayToRedis();
    const prefix = `${randomUUID()}:`;
    const { logger, lines } = recordedLogger();
    const here = await RedisEventBus.connect({ url: relay.url, prefix, logger });
    const there = await RedisEventBus.connect({ url, prefix, logger: recordedLogger().logger });
    onTestFinished(async () => {
      await here.close();
      await there.close();
    });

    const unbroken = here.subscribe('c');
    const newest = here.subscribe('c', { overflow: 'drop-oldest' });
    const beyond = there.subscribe('c');
    relay.cut();
    await expect(unbroken.next()).rejects.toBeInstanceOf(EventsLostError);
    expect(await unbroken.next()).toEqual({ value: undefined, done: true });
    here.publish('c', 'within the process');
    expect((await newest.next()).value).toBe('within the process');

    // The other process learns that it missed something as soon as this one is connected again.
    await expect(beyond.next()).rejects.toBeInstanceOf(EventsLostError);
    expect(lines.map(({ msg }) => msg)).toContain('The connection to Redis is lost; events stay within this process');
    const again = there.subscribe('c');
    here.publish('c', 'between processes');
    expect((await again.next()).value).toBe('between processes');
  });
};

// The tests exist where there is a Redis.
if (url) describe('with Redis', withRedis);
