import { ManualClock } from '@pentagraph/kit/testing';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Workflow } from '../../src/tasks/task.ts';
import { planWorkflow } from '../../src/tasks/workflow-plan.ts';
import { WorkflowRunner } from '../../src/tasks/workflow-runner.ts';
import { FakePluginHost } from './fake-plugin-host.ts';
import { sample } from './samples.ts';

const publisher = (pluginName: string) => ({ pluginName, pluginVersion: 0, config: {}, target: '' });

/** collect -> (a -> (b -> x), y), z */
const workflow: Workflow = {
  metrics: [{ namespace: '/intel/mock/foo', version: 0 }],
  config: {},
  tags: {},
  process: [
    {
      ...publisher('a'),
      process: [{ ...publisher('b'), process: [], publish: [publisher('x')] }],
      publish: [publisher('y')],
    },
  ],
  publish: [publisher('z')],
};

describe('a firing', () => {
  let host: FakePluginHost;
  let collected: number;

  beforeEach(() => {
    host = new FakePluginHost();
    collected = 0;
  });

  const fire = (deadlineMs = Number.POSITIVE_INFINITY) =>
    new WorkflowRunner(host, { size: 25, workers: 4 }, new ManualClock()).fire({
      taskId: 'task',
      plan: planWorkflow(host, workflow),
      deadlineMs,
      signal: new AbortController().signal,
      onCollected: (samples) => {
        collected += samples.length;
      },
    });

  test('collects, then goes down the tree', async () => {
    host.onCollect = async () => [sample(), sample()];
    expect(await fire()).toEqual([]);
    expect(collected).toBe(2);
    expect(host.calls[0]).toBe('collect mock');
    expect(host.calls.toSorted()).toEqual(
      ['collect mock', 'process a', 'process b', 'publish x', 'publish y', 'publish z'].toSorted(),
    );
  });

  test('a failed collection is one failure, and nothing follows', async () => {
    host.onCollect = async () => {
      throw new Error('CollectMetrics call error : no');
    };
    expect(await fire()).toEqual(['CollectMetrics call error : no']);
    expect(collected).toBe(0);
    expect(host.calls).toEqual(['collect mock']);
  });

  test('a missing metric fails the collection', async () => {
    host.missing.add('/intel/mock/foo');
    expect(await fire()).toEqual(['Metric not found: /intel/mock/foo (version: 0)']);
    expect(host.calls).toEqual([]);
  });

  test('every failed node is a failure; what follows it does not run, its siblings do', async () => {
    host.onProcess = async (name) => {
      if (name === 'b') throw new Error('b broke');
    };
    host.onPublish = async (name) => {
      if (name === 'z') throw new Error('z broke');
    };
    expect((await fire()).toSorted()).toEqual(['b broke', 'z broke']);
    expect(host.calls).not.toContain('publish x');
    expect(host.calls).toContain('publish y');
  });

  test('a node without plugin fails with the reason', async () => {
    host.missing.add('z');
    expect(await fire()).toEqual(['Plugin not found: type(publisher) name(z) version(-1)']);
  });

  test('an overdue firing is refused', async () => {
    expect(await fire(0)).toEqual(['Worker refused to run overdue job.']);
  });
});

test('a plan keeps the plugin of a node that lost it, so that the call fails as the plugin world says', () => {
  const host = new FakePluginHost();
  const before = planWorkflow(host, workflow);
  host.lose('z');
  const after = planWorkflow(host, workflow, before);
  expect(after.publish[0]?.resolved).toBe(before.publish[0]?.resolved);
  expect(after.nodeErrors).toEqual(['Plugin not found: type(publisher) name(z) version(-1)']);
  expect(after.plugins.map(({ name }) => name)).not.toContain('z');
});
