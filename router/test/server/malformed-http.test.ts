import { expect, test } from 'vitest';
import { sendRaw } from './fixtures/raw-socket.ts';
import { post, served } from './fixtures/served.ts';

const malformed: readonly (readonly [name: string, bytes: string, status: string])[] = [
  ['no HTTP', 'hello\r\n\r\n', '400 Bad Request'],
  ['control bytes', '\x00\x01\x02\r\n\r\n', '400 Bad Request'],
  [
    'headers without end',
    `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
    '431 Request Header Fields Too Large',
  ],
  ['a URL with a broken escape', 'GET /%zz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n', '400 Bad Request'],
  [
    'a URL of bytes that are no text',
    'GET /%ff%fe HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
    '400 Bad Request',
  ],
  [
    'a host that is none',
    'GET /graphql?query={__typename} HTTP/1.1\r\nhost: a b\r\napollo-require-preflight: 1\r\nconnection: close\r\n\r\n',
    '400 Bad Request',
  ],
  [
    'two lengths',
    'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx',
    '400 Bad Request',
  ],
  [
    'chunks that are none',
    'POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
    '400 Bad Request',
  ],
];

test.each(malformed)('%s is answered and does no harm', async (_, bytes, status) => {
  const { url, port } = await served();
  const answer = await sendRaw(port, bytes);
  expect(answer.split('\r\n')[0]).toBe(`HTTP/1.1 ${status}`);
  expect(JSON.parse(answer.slice(answer.indexOf('\r\n\r\n'))).errors[0].message).toMatch(/\w+/);
  expect(await (await post(url, { query: '{ reviewCount }' })).json()).toEqual({ data: { reviewCount: 3 } });
});
