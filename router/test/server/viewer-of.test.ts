import { anonymous, localOperator } from '@pentagraph/kit';
import { expect, test } from 'vitest';
import { viewerOf } from '../../src/server/viewer-of.ts';

interface Row {
  readonly who: string;
  readonly address?: string;
  readonly headers?: Record<string, string>;
  readonly insecure?: boolean;
  readonly trusted: boolean;
}

const page = (host: string, origin: string) => ({ host, origin, 'sec-fetch-site': 'same-origin' });

const rows: readonly Row[] = [
  { who: 'a program on this machine', trusted: true },
  { who: 'a program on this machine, over IPv6', address: '::1', trusted: true },
  { who: 'a program on this machine, over a socket for both', address: '::ffff:127.0.0.1', trusted: true },
  { who: 'a program that connects to the unix socket', address: '', trusted: true },
  { who: 'a program with a name of its own for this machine', headers: { host: 'snap.local:8181' }, trusted: true },
  { who: 'a program on another machine', address: '10.0.0.7', trusted: false },
  { who: 'a program on a trusted network', address: '10.0.0.7', insecure: true, trusted: true },
  { who: 'the playground', headers: page('127.0.0.1:4000', 'http://127.0.0.1:4000'), trusted: true },
  { who: 'the playground on localhost', headers: page('localhost:4000', 'http://localhost:4000'), trusted: true },
  { who: 'the playground over IPv6', headers: page('[::1]:4000', 'http://[::1]:4000'), trusted: true },
  { who: 'the playground on the standard port', headers: page('localhost', 'http://localhost:80'), trusted: true },
  {
    who: 'somebody who types the address',
    headers: { host: 'localhost:4000', 'sec-fetch-site': 'none' },
    trusted: true,
  },
  {
    who: 'a page of another site',
    headers: { host: 'localhost:4000', origin: 'https://evil.example' },
    trusted: false,
  },
  { who: 'a page without origin', headers: { host: 'localhost:4000', origin: 'null' }, trusted: false },
  {
    who: 'a page of another site that sends a form',
    headers: { host: 'localhost:4000', 'sec-fetch-site': 'cross-site' },
    trusted: false,
  },
  { who: 'a page of another port', headers: page('localhost:4000', 'http://localhost:3000'), trusted: false },
  {
    who: 'a site whose name points here',
    headers: page('evil.example:4000', 'http://evil.example:4000'),
    trusted: false,
  },
  { who: 'whom a router calls nobody', headers: { 'x-pentagraph-caller': 'anonymous' }, trusted: false },
  {
    who: 'whom a router calls nobody, on a trusted network',
    headers: { 'x-pentagraph-caller': 'anonymous' },
    insecure: true,
    trusted: false,
  },
  {
    who: 'the playground under a name, on a trusted network',
    headers: page('graph.corp', 'http://graph.corp'),
    insecure: true,
    trusted: true,
  },
];

test.each(rows)('$who: trusted $trusted', ({ address = '127.0.0.1', headers = {}, insecure = false, trusted }) => {
  const viewer = viewerOf({ headers, socket: { remoteAddress: address } }, { insecure });
  expect(viewer).toBe(trusted ? localOperator : anonymous);
});
