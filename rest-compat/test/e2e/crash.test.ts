import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPentagraph } from '@pentagraph/rest-compat/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SnapApi } from './snap-api.ts';

/** Everything that was acknowledged survives kill -9; what ran, runs on. */
describe('kill -9 and restart', () => {
  let dataDir: string;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'pentagraph-crash-'));
  });
  afterAll(() => rm(dataDir, { recursive: true, force: true }));

  it('keeps tasks and configuration, and resumes the tasks that ran', async () => {
    const before = await startPentagraph({ dataDir });
    const snap = new SnapApi(before.url);
    await snap.expectOk('PUT', '/v1/plugins/collector/mock/1/config', { flavour: 'vanilla' });
    await snap.expectOk('DELETE', '/v1/plugins/processor/passthru/1');
    const running = await snap.createTask({ start: true });
    const stopped = await snap.createTask({ start: false });
    const removed = await snap.createTask({ start: false });
    await snap.expectOk('DELETE', `/v1/tasks/${removed.id}`);
    const firings = await snap.untilFired(running.id, 2);
    await before.kill();

    const after = await startPentagraph({ dataDir });
    const again = new SnapApi(after.url);
    try {
      expect(await again.expectOk('GET', '/v1/plugins/collector/mock/1/config')).toEqual({ flavour: 'vanilla' });
      expect((await again.send('GET', '/v1/plugins/processor/passthru/1')).status).toBe(404);
      expect((await again.task(running.id)).task_state).toBe('Running');
      expect(await again.task(stopped.id)).toEqual({ ...stopped, href: stopped.href.replace(before.url, after.url) });
      expect((await again.send('GET', `/v1/tasks/${removed.id}`)).status).toBe(404);
      expect((await again.task(running.id)).hit_count).toBeGreaterThanOrEqual(firings);
      expect(await again.untilFired(running.id, firings + 1)).toBeGreaterThan(firings);
    } finally {
      await after.stop();
    }
  });

  it('acknowledges nothing that is lost, however fast it dies', async () => {
    const before = await startPentagraph({ dataDir });
    const snap = new SnapApi(before.url);
    const acknowledged: string[] = [];
    const creating = (async () => {
      for (;;) acknowledged.push((await snap.createTask({ start: true })).id);
    })();
    while (acknowledged.length < 20) await new Promise(setImmediate);
    await Promise.all([before.kill(), expect(creating).rejects.toThrow()]);

    const after = await startPentagraph({ dataDir });
    try {
      const states = await Promise.all(
        acknowledged.map(async (id) => (await new SnapApi(after.url).task(id)).task_state),
      );
      expect(new Set(states)).toEqual(new Set(['Running']));
    } finally {
      await after.stop();
    }
  });
});
