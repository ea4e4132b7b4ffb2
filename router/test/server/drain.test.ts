import { ManualClock, settle } from '@pentagraph/kit/testing';
import { createClient } from 'graphql-ws';
import { expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import type { ApiMount, ApiMountOptions } from '../../src/server/api-mount.ts';
import { served } from './fixtures/served.ts';

/** An API with one route that answers when the test says so. */
function slowApi() {
  const state: { options?: ApiMountOptions; aborted: boolean; finish(): void; asked: number } = {
    aborted: false,
    finish: () => {},
    asked: 0,
  };
  const mount: ApiMount = {
    name: 'slow',
    summary: '/slow',
    register(app, options) {
      state.options = options;
      app.get('/slow', async (request) => {
        state.asked++;
        options.contextOf(request).signal.addEventListener('abort', () => {
          state.aborted = true;
        });
        await new Promise<void>((resolve) => {
          state.finish = resolve;
        });
        return { done: true };
      });
    },
  };
  return { state, mount };
}

test('requests in flight are answered before the server is gone', async () => {
  const { state, mount } = slowApi();
  const { url, server } = await served({ mounts: [mount] });
  const answer = fetch(`${url}/slow`);
  await vi.waitFor(() => expect(state.asked).toBe(1));
  const stopped = server.stop();
  expect(state.options?.draining.aborted).toBe(true);
  await settle();
  state.finish();
  expect(await (await answer).json()).toEqual({ done: true });
  await stopped;
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  expect(state.aborted).toBe(false);
});

test('what takes longer than the time to drain is cut off', async () => {
  const clock = new ManualClock();
  const { state, mount } = slowApi();
  const { url, server, warnings } = await served({ mounts: [mount], clock, drainMs: 3000 });
  const answer = fetch(`${url}/slow`).catch((error: unknown) => error);
  await vi.waitFor(() => expect(state.asked).toBe(1));
  const stopped = server.stop();
  await clock.advance(3000);
  await stopped;
  expect(state.aborted).toBe(true);
  expect(await answer).toBeInstanceOf(Error);
  expect(warnings.join('')).toContain('time to drain is over');
});

test('subscriptions end with a code that says why', async () => {
  const { url, server, library } = await served();
  const closed = new Promise((resolve) => {
    const client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      on: { closed: (event) => resolve(event) },
    });
    client.subscribe(
      { query: 'subscription { loans(bookId: "1") { time } }' },
      { next() {}, error() {}, complete() {} },
    );
  });
  await vi.waitFor(() => expect(library.opened).toBe(1));
  await server.stop();
  expect(await closed).toMatchObject({ code: 1001, reason: 'The server stops' });
  expect(library.closed).toBe(1);
});

test('a client that goes away aborts its request', async () => {
  const { state, mount } = slowApi();
  const { url } = await served({ mounts: [mount] });
  const caller = new AbortController();
  const answer = fetch(`${url}/slow`, { signal: caller.signal }).catch((error: unknown) => error);
  await vi.waitFor(() => expect(state.asked).toBe(1));
  caller.abort();
  await answer;
  await vi.waitFor(() => expect(state.aborted).toBe(true));
  state.finish();
});

test('stopping twice is stopping once', async () => {
  const { server } = await served();
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
});
