import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, utimes } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { settle } from '@pentagraph/kit/testing';
import { expect, test } from 'vitest';
import { refuseRequest } from '../../src/engine/failure.ts';
import { apiMount } from '../../src/engine/mount.ts';
import { removeLeftovers } from '../../src/engine/staging.ts';
import { upload } from '../../src/engine/upload-route.ts';
import { type ApiServer, serveApis } from '../support/api-server.ts';
import { fakeGraph } from '../support/fake-graph.ts';
import { send } from '../support/http-client.ts';
import { multipart, type Part } from '../support/multipart.ts';
import { operation, sampleApi } from '../support/sample-api.ts';

interface Seen {
  readonly name: string;
  readonly content: string;
  readonly sha256: string;
}

/** A server that takes uploads; `seen` is what the operation found in the staging area while it ran. */
async function taking(): Promise<{ server: ApiServer; seen: Seen[]; staged(): Promise<readonly string[]> }> {
  const seen: Seen[] = [];
  const stagedUnder = () => join(server.stagingDir, 'sample');
  const graph = fakeGraph({
    Take: async ({ ids }) => {
      for (const id of ids as string[]) {
        const { fileName, sha256 } = JSON.parse(await readFile(join(stagedUnder(), id, 'upload.json'), 'utf8'));
        seen.push({ name: fileName, sha256, content: await readFile(join(stagedUnder(), id, 'content'), 'utf8') });
      }
      return { take: 'taken' };
    },
  });
  const mount = apiMount(
    sampleApi([
      upload(
        'POST',
        '/sample/files',
        operation<{ take: string }, { ids: readonly string[] }>('mutation Take { take }'),
        {
          maxFiles: 2,
          maxFileBytes: 1000,
          gunzip: ({ headers }) => headers['x-packed'] === 'gzip',
          admit: ({ index, fileName }) => {
            if (fileName === 'bad') throw refuseRequest(400, `part ${index} is bad`);
          },
          vars: (files) => ({ ids: files.map(({ id }) => id) }),
          ok: ({ take }) => take,
          refused: (kind) => ({ status: 400, code: 'UPLOAD', message: kind, details: {} }),
        },
      ),
    ]),
  );
  const server = await serveApis({ mounts: [mount], graph });
  return { server, seen, staged: () => readdir(stagedUnder()) };
}

const put = ({ port }: ApiServer, parts: readonly Part[], headers: Readonly<Record<string, string>> = {}) =>
  send(port, { method: 'POST', path: '/sample/files', ...multipart(parts, headers) });

test('files are staged in their order, measured, referred to by id, and gone afterwards', async () => {
  const { server, seen, staged } = await taking();
  await using _ = server;
  const { body } = await put(server, [
    { fileName: '../../etc/one', content: 'first' },
    { fileName: 'two', content: '' },
  ]);
  expect(body).toBe('taken');
  expect(seen).toEqual([
    { name: 'one', content: 'first', sha256: createHash('sha256').update('first').digest('hex') },
    { name: 'two', content: '', sha256: createHash('sha256').update('').digest('hex') },
  ]);
  expect(await staged()).toEqual([]);
});

test('each part may be packed by itself; what is measured is the file', async () => {
  const { server, seen } = await taking();
  await using _ = server;
  await put(server, [{ fileName: 'one', content: gzipSync('unpacked') }], { 'x-packed': 'gzip' });
  expect(seen[0]).toMatchObject({ content: 'unpacked' });
});

test.each<[string, readonly Part[], Readonly<Record<string, string>>, string]>([
  ['too many files', ['a', 'b', 'c'].map((fileName) => ({ fileName, content: 'x' })), {}, '400 UPLOAD: too-many-files'],
  ['a file too large', [{ fileName: 'a', content: 'x'.repeat(1001) }], {}, '400 UPLOAD: too-large'],
  [
    'a packed file too large',
    [{ fileName: 'a', content: gzipSync('x'.repeat(1e6)) }],
    { 'x-packed': 'gzip' },
    '400 UPLOAD: too-large',
  ],
  ['no gzip', [{ fileName: 'a', content: 'plain' }], { 'x-packed': 'gzip' }, '400 UPLOAD: not-gzip'],
  [
    'a part the row refuses',
    [
      { fileName: 'a', content: 'x' },
      { fileName: 'bad', content: 'x' },
    ],
    {},
    '400 BAD_REQUEST: part 1 is bad',
  ],
  ['no part', [], {}, '400 UPLOAD: malformed'],
])('%s: refused, and nothing stays', async (_case, parts, headers, text) => {
  const { server, seen, staged } = await taking();
  await using _ = server;
  expect((await put(server, parts, headers)).body).toBe(text);
  expect(seen).toEqual([]);
  expect(await staged()).toEqual([]);
});

test.each([
  ['multipart/form-data', 'abc', '400 UPLOAD: no-boundary'],
  ['multipart/form-data; boundary=x', 'abc', '400 UPLOAD: malformed'],
  [
    'multipart/form-data; boundary=x',
    '--x\r\nContent-Disposition: form-data; filename=a\r\n\r\nhalf',
    '400 UPLOAD: malformed',
  ],
])('%s with the body %j is %s', async (type, body, text) => {
  const { server, staged } = await taking();
  await using _ = server;
  const answer = await send(server.port, {
    method: 'POST',
    path: '/sample/files',
    headers: { 'content-type': type },
    body,
  });
  expect(answer.body).toBe(text);
  expect(await staged()).toEqual([]);
});

test.each([
  ['a file', 'some', {}],
  ['a packed file', gzipSync('some').subarray(0, 15), { 'X-Packed': 'gzip' }],
])('a client that goes away in the middle of %s leaves nothing', async (_what, begun, headers) => {
  const { server, staged } = await taking();
  await using _ = server;
  const socket = connect(server.port, '127.0.0.1');
  const head = { Host: 'x', 'Content-Type': 'multipart/form-data; boundary=x', 'Content-Length': 900, ...headers };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`POST /sample/files HTTP/1.1\r\n${lines.join('')}\r\n`);
  socket.write('--x\r\nContent-Disposition: form-data; filename=a\r\n\r\n');
  socket.write(begun);
  while ((await staged()).length === 0) await settle();
  socket.destroy();
  await once(socket, 'close');
  while ((await staged()).length > 0) await settle();
  expect(await staged()).toEqual([]);
});

test('what a dead process left is removed at the start, what is being written stays', async () => {
  const { server, staged } = await taking();
  await using _ = server;
  const stagingDir = join(server.stagingDir, 'sample');
  await mkdir(join(stagingDir, 'old'));
  await utimes(join(stagingDir, 'old'), 1, 1);
  await mkdir(join(stagingDir, 'new'));
  await removeLeftovers(stagingDir);
  expect(await staged()).toEqual(['new']);
});

test('the request after an upload that was refused is answered too', async () => {
  const { server } = await taking();
  await using _ = server;
  const { headers, body } = multipart([{ fileName: 'large', content: 'x'.repeat(1_000_000) }]);
  const head = (more: string) =>
    `POST /sample/files HTTP/1.1\r\nHost: x\r\nContent-Type: ${headers['content-type']}\r\n${more}\r\n`;
  const socket = connect(server.port, '127.0.0.1');
  socket.write(head(`Content-Length: ${body.length}\r\n`));
  socket.write(body);
  socket.write(head('Content-Length: 0\r\nConnection: close\r\n'));
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 400 .*too-large.*HTTP\/1\.1 400 .*malformed/s);
});
