import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { post } from '../../src/engine/json-route.ts';
import { apiMount } from '../../src/engine/mount.ts';
import { serveApis } from '../support/api-server.ts';
import { fakeGraph, refusal } from '../support/fake-graph.ts';
import { send } from '../support/http-client.ts';
import { operation, sampleApi } from '../support/sample-api.ts';

const graph = fakeGraph({
  Echo: ({ text: given }) => ({ echo: given }),
  Refuse: () => {
    throw refusal('the domain says no', 'SAMPLE_REFUSED', 409);
  },
  Break: () => {
    throw new Error('password=secret at /src/inside.ts:1');
  },
});

const echo = operation<{ echo: string }, { text: string }>('mutation Echo($text: String!) { echo(text: $text) }');

const api = apiMount(
  sampleApi([
    post('/sample/echo', echo, {
      bodyLimit: 16,
      vars: ({ body }) => ({ text: body.text }),
      ok: (result) => result.echo,
    }),
    post('/sample/refuse', operation('mutation Refuse { refuse }'), { ok: () => 'never' }),
    post('/sample/refuse-softly', operation('mutation Refuse { refuse }'), {
      ok: () => 'never',
      failed: (failure) => ({ ...failure, status: 500, message: `error 0: ${failure.message} ` }),
    }),
    post('/sample/break', operation('mutation Break { break }'), { ok: () => 'never' }),
  ]),
);

const postTo = (port: number, path: string, body: string | Uint8Array, headers = {}) =>
  send(port, { method: 'POST', path, body, headers });

test('a body is read whatever its content type says', async () => {
  await using server = await serveApis({ mounts: [api], graph });
  expect((await postTo(server.port, '/sample/echo', '{"a":1}', { 'content-type': 'text/x-unknown' })).body).toBe(
    '{"a":1}',
  );
  expect((await postTo(server.port, '/sample/echo', '')).body).toBe('');
});

test('bytes that are no UTF-8 become replacement characters', async () => {
  await using server = await serveApis({ mounts: [api], graph });
  expect((await postTo(server.port, '/sample/echo', Buffer.from([0x61, 0xff, 0x62]))).body).toBe('a\uFFFDb');
});

test('a body that is too long is the API’s own error, and the connection lives on', async () => {
  await using server = await serveApis({ mounts: [api], graph });
  expect(await postTo(server.port, '/sample/echo', 'x'.repeat(16))).toMatchObject({ status: 200 });
  const { status, body } = await postTo(server.port, '/sample/echo', 'x'.repeat(1_000_000));
  expect({ status, body }).toEqual({ status: 413, body: '413 BODY_TOO_LARGE: The body is longer than 16 bytes' });
});

test('the request after a body that was too long is answered too', async () => {
  await using server = await serveApis({ mounts: [api], graph });
  const socket = connect(server.port, '127.0.0.1');
  socket.write(`POST /sample/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(1_000_000)}`);
  socket.write('POST /sample/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 413 .*HTTP\/1\.1 200 OK\r\n.*\r\n\r\nhi$/s);
});

test('a client that waits for leave to send its body gets it', async () => {
  await using server = await serveApis({ mounts: [api], graph });
  const socket = connect(server.port, '127.0.0.1');
  socket.write(
    'POST /sample/echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n',
  );
  const [leave] = await once(socket, 'data');
  expect(String(leave)).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  socket.write('hi');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*\r\n\r\nhi$/s);
});

test('a refusal of the graph gets the API’s form, and what the row makes of it', async () => {
  await using server = await serveApis({ mounts: [api], graph });
  expect((await postTo(server.port, '/sample/refuse', '')).body).toBe('409 SAMPLE_REFUSED: the domain says no');
  expect((await postTo(server.port, '/sample/refuse-softly', '')).body).toBe(
    '500 SAMPLE_REFUSED: error 0: the domain says no ',
  );
});

test('what breaks inside is a 500 that tells only where to look', async () => {
  await using server = await serveApis({ mounts: [api], graph });
  const { status, body } = await postTo(server.port, '/sample/break', '');
  expect({ status, body }).toEqual({ status: 500, body: '500 INTERNAL: Internal error, see the log of request test' });
});

test('only the headers of the table and of HTTP itself are sent', async () => {
  await using server = await serveApis({ mounts: [api], graph });
  const { headers } = await postTo(server.port, '/sample/echo', 'hi');
  expect(Object.keys(headers).toSorted()).toEqual(['connection', 'content-length', 'content-type', 'date']);
});
