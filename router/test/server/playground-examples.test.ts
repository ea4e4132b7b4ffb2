import { testContext } from '@pentagraph/kit/testing';
import { expect, test } from 'vitest';
import { examples } from '../../src/playground/examples.ts';
import { read, streamOf } from '../graph/fixtures/reading.ts';
import { freshSystem } from './fixtures/fresh-system.ts';

test('every tab works on a fresh system, one after the other', async () => {
  const { graph, clock } = await freshSystem();
  const context = testContext();
  const answers: unknown[] = [];
  for (const { query, variables } of examples.filter(({ query }) => !query.includes('subscription'))) {
    const answer = await graph.execute({ query, variables, context });
    expect(answer.errors, query).toBeUndefined();
    answers.push(answer.data);
  }
  expect(answers).toMatchObject([
    { snapPlugins: { nodes: expect.arrayContaining([expect.objectContaining({ name: 'mock' })]) } },
    { snapMetrics: { nodes: expect.arrayContaining([expect.objectContaining({ namespace: '/intel/mock/foo' })]) } },
    { createSnapTask: { name: 'mock-every-second', state: 'RUNNING' } },
    { snapTasks: { nodes: [{ name: 'mock-every-second', state: 'RUNNING' }] } },
    { createSnapTask: { name: 'this-host', state: 'RUNNING' } },
  ]);

  const [, , created] = answers as [unknown, unknown, { createSnapTask: { id: string } }];
  const watch = examples.find(({ query }) => query.includes('subscription'));
  const stream = streamOf(
    await graph.subscribe({ query: watch?.query ?? '', variables: { id: created.createSnapTask.id }, context }),
  );
  const event = read(stream);
  await clock.advance(1000);
  expect(await event).toMatchObject({
    data: { snapTaskWatch: { __typename: 'SnapMetricsCollected', task: { state: 'RUNNING' } } },
  });
  await stream.return?.();
});
