import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send, type WireAnswer } from '../support/http-client.ts';
import { multipart, type Part } from '../support/multipart.ts';
import { type SnapSystem, startSnapSystem } from '../support/snap-system.ts';

let system: SnapSystem;
beforeAll(async () => {
  system = await startSnapSystem();
});
afterAll(() => system[Symbol.asyncDispose]());

const files = (...names: readonly string[]): readonly Part[] =>
  names.map((fileName) => ({ fieldName: 'snap-plugins', fileName, content: `content of ${fileName}` }));

const upload = (parts: readonly Part[], headers: Readonly<Record<string, string>> = {}): Promise<WireAnswer> =>
  send(system.port, { method: 'POST', path: '/v1/plugins', ...multipart(parts, headers) });

const load = (contentType: string | undefined, body: string): Promise<WireAnswer> =>
  send(system.port, {
    method: 'POST',
    path: '/v1/plugins',
    headers: contentType === undefined ? {} : { 'content-type': contentType },
    body,
  });

const messageOf = ({ body }: WireAnswer): string => JSON.parse(body).body.message;

test.each([
  ['a signature first', files('p.asc'), 'Error: first file passed to load plugin api can not be signature file'],
  ['an unknown second part', files('p', 'q'), 'Error: unrecognized file was passed'],
  [
    'six parts',
    files('p', '0.asc', '1.asc', '2.asc', '3.asc', '4.asc'),
    'Error: More than five files passed to the load plugin API',
  ],
  [
    'a certificate without its key',
    files('p', 'crt.1'),
    'Error: TLS setup incomplete - missing one of pair: certificate, key files',
  ],
  ['no part', [], 'multipart: NextPart: EOF'],
])('%s is refused with the original’s text', async (_case, parts, message) => {
  const answer = await upload(parts);
  expect(answer.status).toBe(500);
  expect(messageOf(answer)).toBe(message);
});

test('a plugin file answers the documented load error', async () => {
  const answer = await upload(files('snap-plugin-collector-mock1', 'mock1.asc'));
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.body)).toMatchObject({
    meta: { code: 500, type: 'error', version: 1 },
    body: { fields: {} },
  });
});

test('a part that is announced as gzip must be gzip', async () => {
  const packed = { 'plugin-compression': 'gzip' };
  expect(messageOf(await upload(files('p'), packed))).toBe('gzip: invalid header');
  const [plain, unpacked] = await Promise.all([
    upload([{ fileName: 'p', content: 'x' }]),
    upload([{ fileName: 'p', content: gzipSync('x') }], packed),
  ]);
  expect(unpacked.body).toBe(plain.body);
});

test.each([
  ['multipart/form-data', 'abc', 500, 'multipart: boundary is empty'],
  ['multipart/form-data; boundary=xx', 'abc', 500, 'multipart: NextPart: EOF'],
  ['application/json', 'abc', 500, "invalid character 'a' looking for beginning of value"],
  ['application/json', '{}', 500, 'open : no such file or directory'],
  ['application/json', '[]', 500, 'json: cannot unmarshal array into Go value of type struct { URI string }'],
  ['application/json', '{"uri":7}', 500, 'json: cannot unmarshal number into Go struct field .uri of type string'],
  [undefined, 'abc', 500, 'mime: no media type'],
  ['text/plain', 'abc', 415, 'Error: a plugin comes as multipart/form-data or application/json, not as text/plain'],
])('content type %s with the body %s is %i: %s', async (contentType, body, status, message) => {
  const answer = await load(contentType, body);
  expect([answer.status, messageOf(answer)]).toEqual([status, message]);
});

test('a built-in plugin is loaded by its address, once', async () => {
  const body = '{"URI":"builtin:processor/passthru/1"}';
  const first = await load('application/json', body);
  expect(first.status).toBe(201);
  expect(JSON.parse(first.body)).toMatchObject({
    meta: { message: 'Plugins loaded: passthru(processor v1)', type: 'plugins_loaded' },
    body: { loaded_plugins: [{ name: 'passthru', version: 1, type: 'processor', status: 'loaded' }] },
  });
  const second = await load('application/json', body);
  expect([second.status, messageOf(second)]).toEqual([500, 'plugin is already loaded']);
});

test('a built-in plugin has no file to download', async () => {
  await load('application/json', '{"uri":"builtin:collector/mock/1"}');
  const answer = await send(system.port, { path: '/v1/plugins/collector/mock/1?download=true' });
  expect([answer.status, messageOf(answer)]).toEqual([500, 'open : no such file or directory']);
  expect((await send(system.port, { path: '/v1/plugins/collector/none/1?download=1' })).status).toBe(404);
});

test('nothing stays in the staging area', async () => {
  expect(await readdir(join(system.folder, 'staging', 'snap'))).toEqual([]);
});
