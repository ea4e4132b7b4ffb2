import { once } from 'node:events';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { settle } from '@pentagraph/kit/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { send } from '../support/http-client.ts';
import { type SnapSystem, startSnapSystem } from '../support/snap-system.ts';

let system: SnapSystem;
beforeAll(async () => {
  system = await startSnapSystem('all');
});
afterAll(() => system[Symbol.asyncDispose]());

/** What snap and HTTP document; 505 is Node.js' word for a version of HTTP that it does not speak. */
const DOCUMENTED: ReadonlySet<number> = new Set([200, 201, 301, 307, 400, 404, 405, 408, 409, 413, 415, 431, 500, 505]);
const STACK_TRACE = /\n\s+at |node_modules|\.[jt]s:\d+/;

const often = <Value>(arbitrary: fc.Arbitrary<Value>) => ({ arbitrary, weight: 12 });
const rarely = <Value>(arbitrary: fc.Arbitrary<Value>) => ({ arbitrary, weight: 1 });

const path = fc.oneof(
  often(
    fc.constantFrom(
      '/v1/plugins',
      '/v1/plugins/collector/mock/1',
      '/v1/plugins/processor/passthru/0/config',
      '/v1/metrics',
      '/v1/metrics/intel/mock',
      '/v1/tasks',
      '/v1/tasks/none',
    ),
  ),
  rarely(fc.constantFrom('', '/V1//Plugins', '/v2')),
);
const word = fc.oneof(
  often(fc.constantFrom('start', 'stop', 'enable', 'watch', 'config', 'intel', '-1', 'x', '*', '%2F', '%ff', '..', '')),
  often(fc.webSegment({ size: 'small' })),
  rarely(fc.constantFrom('%', '%zz', '(a;b)', '{id}', ' ', '\u00fc')),
  rarely(fc.string({ unit: 'binary-ascii', maxLength: 8 })),
);
const query = fc.oneof(
  fc.constant(''),
  fc.constantFrom('?details', '?ver=1', '?ver=x', '?ns=/intel&ver=-1', '?ns=|', '?download=true', '?%=%&&=', '??'),
  fc.webQueryParameters().map((text) => `?${text}`),
);
const target = fc
  .tuple(path, fc.oneof(fc.constant([]), fc.array(word, { maxLength: 2 })), query)
  .map(([start, words, rest]) => `${[start, ...words].join('/') || '/'}${rest}`);
const method = fc.oneof(
  often(fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND', 'TRACE')),
  rarely(fc.constantFrom('get', 'BREW', '')),
);
const header = fc.oneof(
  often(
    fc.constantFrom(
      'Content-Type: application/json',
      'Content-Type: multipart/form-data; boundary=x',
      'Content-Type: multipart/form-data',
      'Plugin-Compression: gzip',
      'Expect: 100-continue',
    ),
  ),
  rarely(fc.constantFrom('Transfer-Encoding: chunked', 'Content-Length: 3', 'Content-Length: -1', 'Host: [')),
  rarely(fc.tuple(fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 })).map((pair) => pair.join(': '))),
);
const body = fc.oneof(
  fc.json().map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 64 }).map((bytes) => Buffer.from(bytes)),
  fc.constantFrom(
    Buffer.from(
      '{"schedule":{"type":"simple","interval":"1s"},"workflow":{"collect":{"metrics":{"/intel/mock/bar":{}}}}}',
    ),
    Buffer.from('--x\r\nContent-Disposition: form-data; filename=p\r\n\r\nhalf'),
    Buffer.from('--x\r\nContent-Disposition: form-data; filename=p\r\n\r\nwhole\r\n--x--\r\n'),
    Buffer.from('{"uri":"builtin:collector/mock/1"}'),
  ),
);
const measured = fc.oneof(often(fc.constant(true)), rarely(fc.constant(false)));
const rawRequest = fc
  .tuple(method, target, fc.array(header, { maxLength: 3 }), body, measured)
  .map(([verb, url, headers, content, withLength]) =>
    Buffer.concat([
      Buffer.from(
        [
          `${verb} ${url} HTTP/1.1`,
          'Host: fuzz',
          'Connection: close',
          ...(withLength ? [`Content-Length: ${content.byteLength}`] : []),
          ...headers,
          '\r\n',
        ].join('\r\n'),
      ),
      content,
    ]),
  );

/** Sends bytes and reads until the server closes. One that waits for more learns after a while that there is no more. */
async function exchange(port: number, bytes: Buffer): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1' });
  socket.on('error', () => {});
  await once(socket, 'connect');
  socket.write(bytes);
  let answered = false;
  const answer = buffer(socket)
    .catch(() => Buffer.alloc(0))
    .finally(() => {
      answered = true;
    });
  for (let turn = 0; turn < 100 && !answered; turn++) await settle();
  socket.end();
  return (await answer).toString('latin1');
}

test('whatever bytes come, the server answers as documented and lives on', { timeout: 120_000 }, async () => {
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(rawRequest, fc.boolean(), async (bytes, native) => {
      const answer = await exchange(native ? system.port : system.mainPort, bytes);
      if (answer === '') return;
      const status = Number(
        /^HTTP\/1\.1 (\d{3}) /.exec(answer.replace(/^(HTTP\/1\.1 100 Continue\r\n\r\n)+/, ''))?.[1],
      );
      seen.add(status);
      expect(DOCUMENTED).toContain(status);
      expect(answer).not.toMatch(STACK_TRACE);
    }),
    { numRuns: 600, endOnFailure: true },
  );
  for (const status of [200, 400, 404, 405, 500]) expect(seen).toContain(status);
  expect((await send(system.port, { path: '/v1/plugins' })).status).toBe(200);
  expect((await send(system.mainPort, { path: '/v1/metrics' })).status).toBe(200);
});
