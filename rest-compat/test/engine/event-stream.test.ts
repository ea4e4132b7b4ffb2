import { once } from 'node:events';
import { type ClientRequest, get as httpGet, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { MemoryEventBus } from '@pentagraph/kit';
import { settle } from '@pentagraph/kit/testing';
import type { ExecutionResult } from 'graphql';
import { expect, test, vi } from 'vitest';
import { eventStream } from '../../src/engine/event-stream-route.ts';
import { apiMount } from '../../src/engine/mount.ts';
import { type ApiServer, serveApis } from '../support/api-server.ts';
import { fakeGraph, refusal } from '../support/fake-graph.ts';
import { send } from '../support/http-client.ts';
import { operation, sampleApi } from '../support/sample-api.ts';

interface Tick {
  readonly tick: string;
}

/** An API with one stream, fed by a bus. */
async function streaming(frame = ({ tick }: Tick) => `<${tick}>`) {
  const bus = new MemoryEventBus();
  const graph = fakeGraph(
    {},
    {
      Ticks: ({ id }, { context }) =>
        id === 'none'
          ? { errors: [refusal('no such clock', 'NOT_FOUND', 404)] }
          : bus.subscribe<ExecutionResult>('ticks', { signal: context.signal }),
    },
  );
  const mount = apiMount(
    sampleApi([
      eventStream(
        '/sample/:id/ticks',
        operation<Tick, { id: string }>('subscription Ticks($id: ID!) { tick(id: $id) }'),
        {
          vars: ({ params }) => ({ id: params.id }),
          headers: [['Content-Type', 'text/event-stream']],
          opening: 'open',
          frame,
          isLast: ({ tick }) => tick === 'last',
          closing: 'closed',
        },
      ),
    ]),
  );
  const server = await serveApis({ mounts: [mount], graph });
  return { server, bus, emit: (tick: string) => bus.publish<ExecutionResult>('ticks', { data: { tick } }) };
}

async function watch({ origin }: ApiServer): Promise<{ outgoing: ClientRequest; incoming: IncomingMessage }> {
  const outgoing = httpGet(`${origin}/sample/7/ticks`, { agent: false });
  const [incoming] = await once(outgoing, 'response');
  return { outgoing, incoming };
}

/** Turns of the event loop until something holds; a test that waits in vain runs into its timeout. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await settle();
}

test('a stream opens, hands every event on at once, and closes after the last', async () => {
  const { server, emit } = await streaming();
  await using _ = server;
  const { incoming } = await watch(server);
  expect(String((await once(incoming, 'data'))[0])).toBe('open');
  emit('one');
  expect(String((await once(incoming, 'data'))[0])).toBe('<one>');
  emit('two');
  emit('last');
  emit('too late');
  expect(await text(incoming)).toBe('<two><last>closed');
  expect(incoming.headers).toMatchObject({ 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' });
});

test('a subscription that can’t begin is an answer of the API', async () => {
  const { server } = await streaming();
  await using _ = server;
  const { status, body } = await send(server.port, { path: '/sample/none/ticks' });
  expect({ status, body }).toEqual({ status: 404, body: '404 NOT_FOUND: no such clock' });
});

test('the text of an event is made once, however many watch', async () => {
  const frame = vi.fn(({ tick }: Tick) => tick);
  const { server, bus, emit } = await streaming(frame);
  await using _ = server;
  const watchers = await Promise.all(Array.from({ length: 20 }, () => watch(server)));
  expect(bus.subscriberCount('ticks')).toBe(20);
  emit('one');
  emit('last');
  const texts = await Promise.all(watchers.map(({ incoming }) => text(incoming)));
  expect(new Set(texts)).toEqual(new Set(['openonelastclosed']));
  expect(frame).toHaveBeenCalledTimes(2);
});

test('a client that goes away ends its subscription', async () => {
  const { server, bus } = await streaming();
  await using _ = server;
  const { outgoing, incoming } = await watch(server);
  incoming.once('error', () => {});
  expect(bus.subscriberCount('ticks')).toBe(1);
  outgoing.destroy();
  await until(() => bus.subscriberCount('ticks') === 0);
  expect(bus.subscriberCount('ticks')).toBe(0);
});

test('a server that stops ends its streams with the closing text', async () => {
  const { server, bus } = await streaming();
  await using _ = server;
  const { incoming } = await watch(server);
  server.drain();
  expect(await text(incoming)).toBe('openclosed');
  expect(bus.subscriberCount('ticks')).toBe(0);
});

test('a client that stops reading holds the source back, until the source drops it', async () => {
  const large = 'x'.repeat(200_000);
  const frame = vi.fn(() => large);
  const { server, bus, emit } = await streaming(frame);
  await using _ = server;
  const { incoming } = await watch(server);
  incoming.pause();
  let emitted = 0;
  await until(() => {
    for (let burst = 0; burst < 16; burst++) emit(String(emitted++));
    return bus.subscriberCount('ticks') === 0;
  });
  expect(frame.mock.calls.length).toBeLessThan(emitted - 200);
  expect((await text(incoming)).endsWith('closed')).toBe(true);
});

test('a stream that breaks ends like one that is over', async () => {
  const { server, bus } = await streaming();
  await using _ = server;
  const { incoming } = await watch(server);
  bus.publish<ExecutionResult>('ticks', { errors: [refusal('broken', 'SAMPLE', 500)] });
  expect(await text(incoming)).toBe('openclosed');
});
