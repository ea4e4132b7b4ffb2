import { expect, test } from 'vitest';
import { apiMount } from '../../src/engine/mount.ts';
import { snapApi } from '../../src/snap/snap-api.ts';
import { serveApis } from '../support/api-server.ts';
import { fakeGraph } from '../support/fake-graph.ts';
import { send } from '../support/http-client.ts';

const graph = fakeGraph({ SnapPlugins: () => ({ snapPlugins: { nodes: [] } }) });

test('GET /v1/plugins of a fresh daemon answers the seed, to the byte', async () => {
  await using server = await serveApis({ mounts: [apiMount(snapApi)], graph });
  const { status, headers, body } = await send(server.port, { path: '/v1/plugins' });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    deprecated: 'true',
    'content-type': 'text/plain; charset=utf-8',
    'content-length': '142',
  });
  expect(body).toBe(`{
  "meta": {
    "code": 200,
    "message": "Plugin list returned",
    "type": "plugin_list_returned",
    "version": 1
  },
  "body": {}
}`);
});

test('a shared listener keeps its own 404 for paths no API knows', async () => {
  await using server = await serveApis({ mounts: [apiMount(snapApi)], graph, exclusive: false });
  expect((await send(server.port, { path: '/v1/tribe/agreements' })).headers['content-type']).toContain(
    'application/json',
  );
  expect((await send(server.port, { path: '/v1/plugins' })).status).toBe(200);
});
