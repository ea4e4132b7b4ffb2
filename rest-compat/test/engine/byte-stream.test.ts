import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { get as httpGet } from 'node:http';
import { Readable } from 'node:stream';
import { settle } from '@pentagraph/kit/testing';
import { expect, test } from 'vitest';
import { byteStream } from '../../src/engine/byte-stream-route.ts';
import { apiMount } from '../../src/engine/mount.ts';
import { serveApis } from '../support/api-server.ts';
import { fakeGraph } from '../support/fake-graph.ts';
import { send } from '../support/http-client.ts';
import { operation, sampleApi } from '../support/sample-api.ts';

const graph = fakeGraph({ File: () => ({ file: 'here' }) });
const file = operation<{ file: string }>('query File { file }');

const serving = (stream: () => Readable) =>
  serveApis({
    mounts: [
      apiMount(
        sampleApi([
          byteStream('GET', '/sample/file', file, {
            source: () => ({ status: 200, headers: [['Content-Encoding', 'identity']], stream: stream() }),
          }),
        ]),
      ),
    ],
    graph,
  });

test('bytes are sent as they are, chunked, with the headers of the row', async () => {
  await using server = await serving(() => Readable.from([Buffer.from('one'), Buffer.from('two')]));
  const answer = await send(server.port, { path: '/sample/file' });
  expect(answer).toMatchObject({ status: 200, body: 'onetwo', headers: { 'content-encoding': 'identity' } });
});

test('an empty stream is an empty answer', async () => {
  await using server = await serving(() => Readable.from([]));
  expect(await send(server.port, { path: '/sample/file' })).toMatchObject({ status: 200, body: '' });
});

test('a stream that breaks before its first byte is the API’s 500', async () => {
  await using server = await serving(() => createReadStream('/nonexistent'));
  expect((await send(server.port, { path: '/sample/file' })).body).toMatch(/^500 INTERNAL/);
});

test('a stream that breaks later cuts the answer off', async () => {
  await using server = await serving(() =>
    Readable.from(
      (async function* () {
        yield Buffer.from('begun');
        throw new Error('broken');
      })(),
    ),
  );
  await expect(send(server.port, { path: '/sample/file' })).rejects.toThrow('aborted');
});

test('a slow client holds the source back, and one that goes away ends it', async () => {
  let made = 0;
  const endless = new Readable({
    read() {
      made++;
      this.push(Buffer.alloc(64 * 1024));
    },
  });
  await using server = await serving(() => endless);
  const outgoing = httpGet(`${server.origin}/sample/file`, { agent: false });
  const [incoming] = await once(outgoing, 'response');
  incoming.once('error', () => {});
  incoming.pause();
  let before = -1;
  while (made !== before) {
    before = made;
    for (let turn = 0; turn < 50; turn++) await settle();
  }
  expect(made).toBeLessThan(1000);
  outgoing.destroy();
  await once(endless, 'close').catch(() => {});
  expect(endless.destroyed).toBe(true);
});
