import { testContext } from '@pentagraph/kit/testing';
import type { ExecutionResult } from 'graphql';
import { expect, test } from 'vitest';
import { SnapTaskWatchDocument } from '../../src/generated/snap-operations.ts';
import { watchStream } from '../golden/stream.ts';
import { send } from '../support/http-client.ts';
import { type SnapSystem, startSnapSystem } from '../support/snap-system.ts';

const CLOSING = `{
  "meta": {
    "code": 200,
    "message": "Task watching ended",
    "type": "schedule_task_watch_ended",
    "version": 1
  },
  "body": {}
}`;

const manifest = {
  schedule: { type: 'simple', interval: '1s' },
  workflow: { collect: { metrics: { '/intel/mock/all/baz': { version: 2 } } } },
  start: true,
};

async function runningTask(system: SnapSystem): Promise<string> {
  const { status, body } = await send(system.port, {
    method: 'POST',
    path: '/v1/tasks',
    body: JSON.stringify(manifest),
  });
  expect(status).toBe(201);
  // Its first firing is over then, the second has not begun.
  await system.advance(500);
  return JSON.parse(body).body.id;
}

test('a watch has the head, the frames and the end of the dossier, to the byte', async () => {
  await using system = await startSnapSystem('all');
  const id = await runningTask(system);
  const stream = await watchStream(system.port, `/v1/tasks/${id}/watch`);
  await system.advance(1000);
  expect((await send(system.port, { method: 'PUT', path: `/v1/tasks/${id}/stop` })).status).toBe(200);
  const text = await stream.received();
  expect(stream.head.headers).toMatchObject({
    'access-control-allow-origin': '*',
    'cache-control': 'no-cache',
    connection: 'keep-alive',
    'content-type': 'text/event-stream',
    'transfer-encoding': 'chunked',
  });
  expect(stream.head.headers).not.toHaveProperty('deprecated');
  const frames = text.split('\n\n');
  expect(frames[0]).toBe('data: {"type":"stream-open","message":"Stream opened"}');
  expect(frames[1]).toMatch(
    /^data: \{"type":"metric-event","message":"","event":\[\{"namespace":"\/intel\/mock\/all\/baz","data":1001,"timestamp":"[^"]+","tags":\{"plugin_running_on":"vm"\}\}\]\}$/,
  );
  expect(frames.slice(2).join('\n\n')).toBe(`data: {"type":"task-stopped","message":""}\n\n${CLOSING}`);
  expect(stream.head.complete).toBe(true);
});

test('a server that stops ends its watches with the closing envelope', async () => {
  const system = await startSnapSystem('all');
  const id = await runningTask(system);
  const stream = await watchStream(system.port, `/v1/tasks/${id}/watch`);
  await system[Symbol.asyncDispose]();
  expect(await stream.received()).toBe(`data: {"type":"stream-open","message":"Stream opened"}\n\n${CLOSING}`);
});

test('a task that is removed ends its watches', async () => {
  await using system = await startSnapSystem('all');
  const id = await runningTask(system);
  await send(system.port, { method: 'PUT', path: `/v1/tasks/${id}/stop` });
  const stream = await watchStream(system.port, `/v1/tasks/${id}/watch`);
  await send(system.port, { method: 'DELETE', path: `/v1/tasks/${id}` });
  expect((await stream.received()).endsWith(CLOSING)).toBe(true);
  expect(stream.head.complete).toBe(true);
});

test('watchers of a task are handed one object per event, so that its text is made once', async () => {
  await using system = await startSnapSystem('all');
  const id = await runningTask(system);
  const watch = async () => {
    const context = testContext({ signal: new AbortController().signal });
    const answer = await system.graph.subscribe({ query: SnapTaskWatchDocument, variables: { id }, context });
    return answer as AsyncIterableIterator<ExecutionResult>;
  };
  const [first, second] = await Promise.all([watch(), watch()]);
  const both = Promise.all([first.next(), second.next()]);
  await system.advance(1000);
  const [one, other] = await both;
  expect(one.value).toBe(other.value);
  await Promise.all([first.return?.(), second.return?.()]);
});
