import { expect, it } from 'vitest';
import { type Banner, bannerFacts, bannerText } from '../../src/process/banner.ts';

const banner: Banner = {
  title: 'Pentagraph 1.0.0',
  startMs: 1234,
  listeners: [
    { name: 'main', url: 'http://127.0.0.1:4000', graph: true, apis: ['snap'] },
    { name: 'snap', url: 'http://127.0.0.1:8181', graph: false, apis: ['snap'] },
  ],
  playground: true,
  apis: [{ name: 'snap', summary: '/v1/plugins, /v1/tasks' }],
  domains: [{ name: 'snap', facts: ['store: SQLite /data/snap.db', 'plugins: 8'] }],
  dataDir: '/data',
  example: (origin) => `curl ${origin}/v1/plugins`,
};

it('says what is served where, which store, which drivers, and what to try', () => {
  expect(bannerText(banner, { color: false })).toBe(`
  Pentagraph 1.0.0 serves after 1.2 s

  Graph       http://127.0.0.1:4000/graphql
              ws://127.0.0.1:4000/graphql  subscriptions
  Playground  http://127.0.0.1:4000/
  Health      http://127.0.0.1:4000/healthz
              http://127.0.0.1:4000/readyz
  Metrics     http://127.0.0.1:4000/metrics

  snap API    http://127.0.0.1:4000
              http://127.0.0.1:8181
              /v1/plugins, /v1/tasks

  snap        store: SQLite /data/snap.db
              plugins: 8
  Data        /data

  Try         curl http://127.0.0.1:4000/v1/plugins
  Stop        Ctrl-C; twice ends at once

`);
});

it('gives addresses that can be opened when it listens everywhere', () => {
  const listeners = [{ name: 'main', url: 'http://0.0.0.0:4000', graph: true, apis: [] }];
  const text = bannerText({ ...banner, listeners }, { color: false });
  expect(text).toContain('http://127.0.0.1:4000/graphql');
  expect(text).toContain('and at every other address of this machine');
  expect(text).not.toContain('0.0.0.0');
});

it('leaves out what a process does not have', () => {
  const { dataDir: _, ...rest } = banner;
  const text = bannerText({ ...rest, playground: false, apis: [] }, { color: false });
  for (const label of ['Playground', 'API', 'Data']) expect(text).not.toContain(label);
});

it('is colored on a terminal only', () => {
  expect(bannerText(banner, { color: true })).toContain('\u001b[1mPentagraph 1.0.0\u001b[22m');
  expect(bannerText(banner, { color: false })).not.toContain('\u001b');
});

it('has the same facts for a log line', () => {
  expect(bannerFacts(banner)).toMatchObject({
    program: 'Pentagraph 1.0.0',
    listeners: banner.listeners,
    domains: { snap: ['store: SQLite /data/snap.db', 'plugins: 8'] },
    dataDir: '/data',
  });
});
