import { MemoryEventBus, SlowConsumerError } from '@pentagraph/kit';
import { describe, expect, it } from 'vitest';

/** Everything a subscription still gives until it ends. */
async function rest<Event>(subscription: AsyncIterable<Event>): Promise<Event[]> {
  const events: Event[] = [];
  for await (const event of subscription) events.push(event);
  return events;
}

describe('MemoryEventBus', () => {
  it('delivers to every subscriber of the channel, in order, from the call of subscribe on', async () => {
    const bus = new MemoryEventBus();
    bus.publish('tasks', 0);
    const first = bus.subscribe<number>('tasks');
    bus.publish('tasks', 1);
    const second = bus.subscribe<number>('tasks');
    bus.publish('tasks', 2);
    bus.publish('plugins', 99);
    bus.publish('tasks', 3);
    await bus.close();
    expect(await rest(first)).toEqual([1, 2, 3]);
    expect(await rest(second)).toEqual([2, 3]);
  });

  it('answers waiting reads in the order they were made', async () => {
    const bus = new MemoryEventBus();
    const subscription = bus.subscribe<string>('tasks');
    const reads = [subscription.next(), subscription.next(), subscription.next()];
    bus.publish('tasks', 'a');
    bus.publish('tasks', 'b');
    await bus.close();
    expect(await Promise.all(reads)).toEqual([
      { value: 'a', done: false },
      { value: 'b', done: false },
      { value: undefined, done: true },
    ]);
  });

  it('delivers undefined as an event like any other', async () => {
    const bus = new MemoryEventBus();
    const subscription = bus.subscribe('tasks');
    bus.publish('tasks', undefined);
    expect(await subscription.next()).toEqual({ value: undefined, done: false });
  });

  it('counts subscribers until they leave, abort, fail or are closed', async () => {
    const bus = new MemoryEventBus();
    const abort = new AbortController();
    const leaving = bus.subscribe('tasks');
    bus.subscribe('tasks', { signal: abort.signal });
    bus.subscribe('tasks', { bufferSize: 1 });
    bus.subscribe('tasks');
    expect([bus.subscriberCount('tasks'), bus.subscriberCount('plugins')]).toEqual([4, 0]);
    await leaving.return?.();
    expect(bus.subscriberCount('tasks')).toBe(3);
    abort.abort();
    expect(bus.subscriberCount('tasks')).toBe(2);
    bus.publish('tasks', 1);
    bus.publish('tasks', 2);
    expect(bus.subscriberCount('tasks')).toBe(1);
    await bus.close();
    expect(bus.subscriberCount('tasks')).toBe(0);
  });
});

describe('a subscriber that falls behind', () => {
  it('fails after the events it has, by default, and without touching the others', async () => {
    const bus = new MemoryEventBus();
    const slow = bus.subscribe<number>('tasks', { bufferSize: 2 });
    const roomy = bus.subscribe<number>('tasks', { bufferSize: 3 });
    for (const event of [1, 2, 3]) bus.publish('tasks', event);
    expect([(await slow.next()).value, (await slow.next()).value]).toEqual([1, 2]);
    await expect(slow.next()).rejects.toThrow(SlowConsumerError);
    expect(await slow.next()).toEqual({ value: undefined, done: true });
    await bus.close();
    expect(await rest(roomy)).toEqual([1, 2, 3]);
  });

  it('keeps the newest events with drop-oldest', async () => {
    const bus = new MemoryEventBus();
    const slow = bus.subscribe<number>('tasks', { bufferSize: 2, overflow: 'drop-oldest' });
    for (const event of [1, 2, 3, 4, 5]) bus.publish('tasks', event);
    await bus.close();
    expect(await rest(slow)).toEqual([4, 5]);
  });

  it('keeps 256 events unless told otherwise', async () => {
    const bus = new MemoryEventBus();
    const slow = bus.subscribe<number>('tasks', { overflow: 'drop-oldest' });
    for (let event = 0; event < 300; event++) bus.publish('tasks', event);
    await bus.close();
    expect(await rest(slow)).toEqual(Array.from({ length: 256 }, (_, index) => index + 44));
  });

  it('is not behind while it waits for the next event', async () => {
    const bus = new MemoryEventBus();
    const eager = bus.subscribe<number>('tasks', { bufferSize: 1 });
    for (let event = 0; event < 10; event++) {
      const next = eager.next();
      bus.publish('tasks', event);
      expect((await next).value).toBe(event);
    }
  });
});

describe('the end of a subscription', () => {
  it('comes with the signal: a waiting read ends, buffered events can still be read, nothing new arrives', async () => {
    const bus = new MemoryEventBus();
    const abort = new AbortController();
    const waiting = bus.subscribe('tasks', { signal: abort.signal });
    const read = waiting.next();
    const buffered = bus.subscribe('plugins', { signal: abort.signal });
    bus.publish('plugins', 'before');
    abort.abort();
    bus.publish('plugins', 'after');
    expect(await read).toEqual({ value: undefined, done: true });
    expect(await rest(buffered)).toEqual(['before']);
  });

  it('comes at once when the signal has already aborted', async () => {
    const bus = new MemoryEventBus();
    expect(await rest(bus.subscribe('tasks', { signal: AbortSignal.abort() }))).toEqual([]);
    expect(bus.subscriberCount('tasks')).toBe(0);
  });

  it('comes when the reader leaves its loop, and forgets what it had not read', async () => {
    const bus = new MemoryEventBus();
    const subscription = bus.subscribe<number>('tasks');
    for (const event of [1, 2, 3]) bus.publish('tasks', event);
    for await (const event of subscription) if (event === 2) break;
    expect(await subscription.next()).toEqual({ value: undefined, done: true });
    expect(bus.subscriberCount('tasks')).toBe(0);
  });

  it('comes to readers that wait when another part of the program returns the subscription', async () => {
    const subscription = new MemoryEventBus().subscribe('tasks');
    const read = subscription.next();
    await subscription.return?.();
    expect(await read).toEqual({ value: undefined, done: true });
  });

  it('comes to those who subscribe after the bus was closed, which may happen twice', async () => {
    const bus = new MemoryEventBus();
    await bus.close();
    await bus.close();
    const late = bus.subscribe('tasks');
    bus.publish('tasks', 1);
    expect(await rest(late)).toEqual([]);
    expect(bus.subscriberCount('tasks')).toBe(0);
  });

  it('lets go of the signal', async () => {
    const bus = new MemoryEventBus();
    const abort = new AbortController();
    const subscription = bus.subscribe('tasks', { signal: abort.signal });
    await subscription.return?.();
    bus.subscribe('tasks');
    abort.abort();
    expect(bus.subscriberCount('tasks')).toBe(1);
  });
});
