import { expect, test } from 'vitest';
import type { ApiTable } from '../../src/engine/api-table.ts';
import { fixed } from '../../src/engine/fixed-route.ts';
import { get, post } from '../../src/engine/json-route.ts';
import { apiMount } from '../../src/engine/mount.ts';
import { serveApis } from '../support/api-server.ts';
import { fakeGraph } from '../support/fake-graph.ts';
import { send } from '../support/http-client.ts';
import { operation, sampleApi } from '../support/sample-api.ts';

const graph = fakeGraph({ Thing: ({ id }) => ({ thing: id ?? 'all' }) });
const thing = operation<{ thing: string }, { id?: string }>('query Thing($id: ID) { thing(id: $id) }');

const things = [
  get('/sample/things', thing, { ok: (result) => result.thing }),
  get('/sample/things/:id', thing, {
    when: ({ query }) => query.has('loud'),
    vars: ({ params }) => ({ id: params.id }),
    ok: (result) => result.thing.toUpperCase(),
  }),
  get('/sample/things/:id', thing, { vars: ({ params }) => ({ id: params.id }), ok: (result) => result.thing }),
  post('/sample/things', thing, { vars: ({ body }) => ({ id: body.text }), ok: (result) => result.thing }),
];

const redirecting: ApiTable['redirects'] = {
  corrects: ['trailing-slash', 'letter-case', 'repeated-slashes'],
  answer: (method: string, location: string) => ({
    status: method === 'GET' ? 301 : 307,
    headers: [['Location', location]],
    body: '',
  }),
};

test('a row is chosen by method, path and its condition', async () => {
  await using server = await serveApis({ mounts: [apiMount(sampleApi(things))], graph });
  expect((await send(server.port, { path: '/sample/things' })).body).toBe('all');
  expect((await send(server.port, { path: '/sample/things/a%2Db' })).body).toBe('a-b');
  expect((await send(server.port, { path: '/sample/things/x?loud' })).body).toBe('X');
  expect((await send(server.port, { method: 'POST', path: '/sample/things', body: 'new' })).body).toBe('new');
});

test('a known path under another method is 405, with the methods it has', async () => {
  await using server = await serveApis({ mounts: [apiMount(sampleApi(things))], graph });
  const { status, body } = await send(server.port, { method: 'PUT', path: '/sample/things' });
  expect({ status, body }).toEqual({ status: 405, body: 'GET, POST' });
});

test('HEAD is a method like others, or GET without its body, as the API has it', async () => {
  const strict = apiMount(sampleApi(things));
  const friendly = apiMount(sampleApi(things, { headAnswersGet: true }));
  await using first = await serveApis({ mounts: [strict], graph });
  await using second = await serveApis({ mounts: [friendly], graph });
  expect((await send(first.port, { method: 'HEAD', path: '/sample/things' })).status).toBe(405);
  const head = await send(second.port, { method: 'HEAD', path: '/sample/things' });
  expect(head).toMatchObject({ status: 200, body: '', headers: { 'content-length': '3' } });
});

test.each([
  ['GET', '/sample/things/', 301, '/sample/things'],
  ['POST', '/sample/things/', 307, '/sample/things'],
  ['GET', '/SAMPLE/Things/Abc?x=%20', 301, '/sample/things/Abc?x=%20'],
  ['GET', '//sample///things', 301, '/sample/things'],
])('%s %s is sent on with %i to %s', async (method, path, status, location) => {
  await using server = await serveApis({ mounts: [apiMount(sampleApi(things, { redirects: redirecting }))], graph });
  const answer = await send(server.port, { method, path });
  expect({ status: answer.status, location: answer.headers.location }).toEqual({ status, location });
});

test('what a correction does not turn into a row of that method is not sent on', async () => {
  await using server = await serveApis({ mounts: [apiMount(sampleApi(things, { redirects: redirecting }))], graph });
  expect((await send(server.port, { method: 'DELETE', path: '/sample/things/' })).status).toBe(404);
  expect((await send(server.port, { path: '/sample/nothing/' })).status).toBe(404);
});

test('a version prefix is optional, and told to the row', async () => {
  const row = fixed('GET', '/sample', { ok: ({ versionPrefix }) => `prefix=${versionPrefix}` });
  const table = sampleApi([row], { versionPrefix: /^\/v[0-9]+(\.[0-9]+)*(?=\/)/ });
  await using server = await serveApis({ mounts: [apiMount(table)], graph });
  expect((await send(server.port, { path: '/sample' })).body).toBe('prefix=');
  expect((await send(server.port, { path: '/v1.24/sample' })).body).toBe('prefix=/v1.24');
  expect((await send(server.port, { path: '/vX/sample' })).status).toBe(404);
});

test('on a shared listener the first API that knows a path answers, under any method, and unknown paths stay the listener’s', async () => {
  const first = sampleApi([fixed('GET', '/shared', { ok: () => 'first' })]);
  const second = { ...sampleApi([fixed('POST', '/shared', { ok: () => 'second' }), ...things]), name: 'second' };
  await using server = await serveApis({ mounts: [apiMount(first), apiMount(second)], graph, exclusive: false });
  expect((await send(server.port, { path: '/shared' })).body).toBe('first');
  expect((await send(server.port, { method: 'POST', path: '/shared' })).status).toBe(405);
  expect((await send(server.port, { path: '/sample/things' })).body).toBe('all');
  expect((await send(server.port, { path: '/unknown' })).body).toContain('Route GET:/unknown not found');
});

test('on a shared listener only the API’s own paths are corrected or called malformed', async () => {
  const table = sampleApi([fixed('GET', '/sample', { ok: () => 'ok' }), fixed('GET', '/ping', { ok: () => 'pong' })], {
    redirects: redirecting,
  });
  await using server = await serveApis({ mounts: [apiMount(table)], graph, exclusive: false });
  expect((await send(server.port, { path: '/Sample/' })).status).toBe(301);
  expect((await send(server.port, { path: '/Ping' })).status).toBe(404);
  expect((await send(server.port, { path: '/sample%zz' })).body).toBe('malformed path');
  expect((await send(server.port, { path: '/other%zz' })).body).not.toBe('malformed path');
});

test('an API of a shared listener describes itself', async () => {
  await using server = await serveApis({ mounts: [apiMount(sampleApi(things))], graph, exclusive: false });
  const document = JSON.parse((await send(server.port, { path: '/openapi/sample.json' })).body);
  expect(document.openapi).toBe('3.1.0');
  expect(Object.keys(document.paths)).toEqual(['/sample/things', '/sample/things/{id}']);
});

test('rows of one path must take every request', async () => {
  const table = sampleApi([fixed('GET', '/sample', { when: () => false, ok: () => 'never' })]);
  await expect(serveApis({ mounts: [apiMount(table)], graph })).rejects.toThrow("The last row of 'GET /sample'");
});
