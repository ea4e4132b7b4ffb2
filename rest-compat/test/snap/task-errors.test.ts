import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../support/http-client.ts';
import { type SnapSystem, startSnapSystem } from '../support/snap-system.ts';

let system: SnapSystem;
beforeAll(async () => {
  system = await startSnapSystem('all');
});
afterAll(() => system[Symbol.asyncDispose]());

const call = async (method: string, path: string, body?: string) => {
  const { status, body: text } = await send(system.port, { method, path, body });
  return { status, ...JSON.parse(text) };
};

test('a start that is refused for several reasons numbers them (dossier 2.1)', async () => {
  const manifest = {
    schedule: { type: 'simple', interval: '1s' },
    workflow: { collect: { metrics: { '/intel/mock/bar': {}, '/intel/mock/all/baz': {} } } },
  };
  const { id } = (await call('POST', '/v1/tasks', JSON.stringify(manifest))).body;
  for (const version of [1, 2]) await call('DELETE', `/v1/plugins/collector/mock/${version}`);
  expect(await call('PUT', `/v1/tasks/${id}/start`)).toMatchObject({
    status: 500,
    body: {
      message:
        'error 0: Metric not found: /intel/mock/all/baz (version: 0) error 1: Metric not found: /intel/mock/bar (version: 0) ',
    },
  });
});
