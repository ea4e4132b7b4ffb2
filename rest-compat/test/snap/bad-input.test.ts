import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../support/http-client.ts';
import { type SnapSystem, startSnapSystem } from '../support/snap-system.ts';

let system: SnapSystem;
beforeAll(async () => {
  system = await startSnapSystem();
});
afterAll(() => system[Symbol.asyncDispose]());

const message = async (method: string, path: string, body?: string | Uint8Array) => {
  const answer = await send(system.port, { method, path, body });
  return [answer.status, JSON.parse(answer.body).meta.message];
};

test.each([
  ['PUT', '/v1/plugins/collector/mock/1/config', '{"a":[]}', 400],
  ['DELETE', '/v1/plugins/collector/mock/1/config', '["a",7]', 400],
  ['DELETE', '/v1/plugins/collector/mock/1/config', '"a"', 400],
  ['POST', '/v1/tasks', '', 500],
  ['POST', '/v1/tasks', '{"nme":"x"}', 500],
])('%s %s with the body %s is %i', async (method, path, body, status) => {
  expect((await message(method, path, body))[0]).toBe(status);
});

test.each([
  ['GET', '/v1/plugins/collector/mock/99999999999', 404, 'plugin not found'],
  ['DELETE', '/v1/plugins/collector/mock/99999999999999999999', 400, 'invalid version'],
  ['GET', '/v1/plugins/-1/mock/1/config', 400, 'invalid plugin type id given -1'],
  ['GET', '/v1/metrics?ns=/a&ver=1x', 400, 'strconv.Atoi: parsing "1x": invalid syntax'],
  [
    'GET',
    '/v1/metrics/a?ver=99999999999999999999',
    400,
    'strconv.Atoi: parsing "99999999999999999999": value out of range',
  ],
  ['GET', '/v1/tasks/%3Cscript%3E', 404, 'Task not found: ID(<script>)'],
  ['GET', '/v1/tasks/%ff%fe', 404, 'Task not found: ID(\uFFFD\uFFFD)'],
])('%s %s is %i: %s', async (method, path, status, text) => {
  expect(await message(method, path)).toEqual([status, text]);
});

test('bytes that are no UTF-8 do no harm', async () => {
  const body = Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
  const answer = await send(system.port, { method: 'PUT', path: '/v1/plugins/collector/mock/1/config', body });
  expect([answer.status, JSON.parse(answer.body).body]).toEqual([200, { a: '\uFFFD\uFFFD' }]);
});

test('a body that is too long is refused, and the server goes on', async () => {
  const body = `{"a":"${'x'.repeat(5 * 1024 * 1024)}"}`;
  expect(await message('PUT', '/v1/plugins/collector/mock/1/config', body)).toEqual([
    413,
    'The body is longer than 4194304 bytes',
  ]);
  expect((await send(system.port, { path: '/v1/plugins' })).status).toBe(200);
});
