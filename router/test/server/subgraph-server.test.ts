import { systemClock } from '@pentagraph/kit';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { createSubgraphServer } from '../../src/server/subgraph-server.ts';
import { Reviews } from '../graph/fixtures/reviews.ts';
import { post, resultOf } from './fixtures/served.ts';

async function servedAlone() {
  const server = createSubgraphServer(new Reviews(), {
    logger: pino({ level: 'silent' }),
    listen: { host: '127.0.0.1', port: 0 },
    clock: systemClock,
  });
  const [listener] = await server.start();
  onTestFinished(() => server.stop());
  return listener?.url ?? '';
}

test('a subgraph tells its SDL to whoever composes', async () => {
  const result = await resultOf(await post(await servedAlone(), { query: '{ _service { sdl } }' }));
  expect(result).toEqual({ data: { _service: { sdl: expect.stringMatching(/type Book\s+@key\(fields: "id"\)/) } } });
});

test('a subgraph resolves entities for a router', async () => {
  const query = 'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Book { stars } } }';
  const of = [
    { __typename: 'Book', id: '1' },
    { __typename: 'Book', id: '2' },
  ];
  expect(await (await post(await servedAlone(), { query, variables: { of } })).json()).toEqual({
    data: { _entities: [{ stars: 4 }, { stars: 4 }] },
  });
});

test('a subgraph says that it is ready', async () => {
  const response = await fetch(`${await servedAlone()}/readyz`);
  expect([response.status, await response.json()]).toEqual([
    200,
    { state: 'ready', subgraphs: { reviews: { state: 'serving' } } },
  ]);
});
