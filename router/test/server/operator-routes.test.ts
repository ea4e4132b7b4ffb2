import { expect, test } from 'vitest';
import { post, served } from './fixtures/served.ts';

test('/healthz answers while the process lives', async () => {
  const { url } = await served();
  const response = await fetch(`${url}/healthz`);
  expect([response.status, await response.json()]).toEqual([200, { state: 'alive' }]);
});

test('/readyz names every subgraph and its state, with 503 until all serve', async () => {
  const { url, library } = await served();
  library.state = 'starting';
  const before = await fetch(`${url}/readyz`);
  expect([before.status, await before.json()]).toEqual([
    503,
    { state: 'not ready', subgraphs: { library: { state: 'starting' }, reviews: { state: 'serving' } } },
  ]);
  library.state = 'serving';
  const after = await fetch(`${url}/readyz`);
  expect([after.status, await after.json()]).toEqual([
    200,
    { state: 'ready', subgraphs: { library: { state: 'serving' }, reviews: { state: 'serving' } } },
  ]);
});

test('/readyz tells of a subgraph that can not even say how it is', async () => {
  const { url, library } = await served();
  library.health = async () => {
    throw new Error('The shelf fell over.');
  };
  expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({
    state: 'not ready',
    subgraphs: { library: { state: 'degraded', reason: 'The shelf fell over.' } },
  });
});

test('/metrics counts requests by route, operations, plans, and shows the gauges of domains', async () => {
  const { url } = await served();
  await post(url, { query: '{ reviewCount }' });
  await post(url, { query: '{ reviewCount }' });
  await post(url, { query: '{ book(id: "9") { id } }' });
  await fetch(`${url}/nowhere/${Math.random()}`);
  const response = await fetch(`${url}/metrics`);
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  const lines = (await response.text()).split('\n');
  expect(lines).toEqual(
    expect.arrayContaining([
      'pentagraph_http_requests_total{route="/graphql",method="POST",status="200"} 3',
      'pentagraph_http_requests_total{route="none",method="GET",status="404"} 1',
      'pentagraph_graph_operations_total{type="query",outcome="ok"} 2',
      'pentagraph_graph_operations_total{type="query",outcome="error"} 1',
      'pentagraph_plan_cache_hits_total 1',
      'pentagraph_plan_cache_misses_total 2',
      'pentagraph_active_subscriptions 0',
      '# TYPE pentagraph_library_books gauge',
      'pentagraph_library_books 2',
      '# TYPE pentagraph_library_loans_total counter',
      'pentagraph_library_loans_total 0',
    ]),
  );
  expect(lines.some((line) => line.startsWith('nodejs_version_info'))).toBe(true);
});
