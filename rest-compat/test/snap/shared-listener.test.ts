import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../support/http-client.ts';
import { type SnapSystem, startSnapSystem } from '../support/snap-system.ts';

let system: SnapSystem;
beforeAll(async () => {
  system = await startSnapSystem();
});
afterAll(() => system[Symbol.asyncDispose]());

const ask = (path: string, method = 'GET') => send(system.mainPort, { path, method });

test('the listener of the graph serves snap beside the graph', async () => {
  expect((await ask('/v1/plugins')).headers).toMatchObject({ deprecated: 'true' });
  expect((await ask('/healthz')).status).toBe(200);
});

test('its own 404 stays for what snap does not know', async () => {
  for (const path of ['/v1', '/v1/tribe/agreements', '/v2/plugins', '/nothing/']) {
    const { status, headers } = await ask(path);
    expect([path, status, headers['content-type']]).toEqual([path, 404, 'application/json; charset=utf-8']);
  }
});

test('snap’s manners count for snap’s paths', async () => {
  expect(await ask('/V1/Tasks/')).toMatchObject({ status: 301, headers: { location: '/v1/tasks' } });
  expect((await ask('/v1/plugins', 'PATCH')).body).toBe('Method Not Allowed\n');
  expect(await ask('/v1/plugins/%zz')).toMatchObject({ status: 400, body: '400 Bad Request' });
  expect((await ask('/other/%zz')).headers['content-type']).toContain('application/json');
});

test('snap’s OpenAPI document is served', async () => {
  const { status, body } = await ask('/openapi/snap.json');
  expect([status, JSON.parse(body).info.title]).toEqual([200, 'Snap REST API']);
});

test('the metrics count its requests by the row that answers', async () => {
  for (const path of ['/v1/tasks/some', '/v1/tasks/other', '/v1/tasks/', '/v1/nothing']) await ask(path);
  const lines = (await ask('/metrics')).body
    .split('\n')
    .filter((line) => line.includes('requests_total{route="/v1/tasks'));
  expect(lines).toEqual(['pentagraph_http_requests_total{route="/v1/tasks/:id",method="GET",status="404"} 2']);
});

test('the native listener serves nothing else', async () => {
  for (const path of ['/graphql', '/healthz', '/openapi/snap.json']) {
    expect(await send(system.port, { path })).toMatchObject({ status: 404, body: '404 page not found\n' });
  }
});
