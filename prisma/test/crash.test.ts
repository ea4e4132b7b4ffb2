import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import { afterAll, describe, expect, it } from 'vitest';

const script = fileURLToPath(new URL('support/acknowledging-writer.mjs', import.meta.url));

/** Starts a writer and kills it, without any farewell, once it has acknowledged `writes` tasks. */
async function writeAndKill(url: string, prefix: string, writes: number) {
  const writer = spawn(process.execPath, [script, url, prefix], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(writer, 'exit');
  const lines: string[] = [];
  for await (const line of createInterface(writer.stdout)) {
    lines.push(line);
    if (lines.length === writes + 1) writer.kill('SIGKILL');
  }
  const [, signal] = await exited;
  expect(signal).toBe('SIGKILL');
  const [opened, ...acknowledged] = lines;
  return { migrations: Number(opened?.split(' ')[1]), acknowledged };
}

describe.each(storageProviders)('kill -9 in the middle of writes on %s', { timeout: 60_000 }, (provider) => {
  const place = testDatabase('snap', provider);
  afterAll(place.dispose);

  it('loses nothing that was acknowledged, and leaves no transaction half done', async () => {
    const first = await writeAndKill(place.url, 'first', 50);
    const second = await writeAndKill(place.url, 'second', 50);
    expect(second.migrations).toBe(0);

    const { client } = await place.open();
    const tasks = await client.snapTask.findMany({ select: { id: true, hitCount: true } });
    expect(tasks.map(({ id }) => id)).toEqual(expect.arrayContaining([...first.acknowledged, ...second.acknowledged]));
    expect(tasks.filter(({ id, hitCount }) => id.split('-')[1] !== String(hitCount))).toEqual([]);
  });

  it('lets two processes start on an empty store at the same moment', async () => {
    const fresh = testDatabase('snap', provider);
    try {
      const writers = await Promise.all(['a', 'b'].map((prefix) => writeAndKill(fresh.url, prefix, 20)));
      expect(writers.reduce((sum, { migrations }) => sum + migrations, 0)).toBe(1);
      const { client } = await fresh.open();
      expect((await client.snapTask.findMany()).map(({ id }) => id)).toEqual(
        expect.arrayContaining(writers.flatMap(({ acknowledged }) => acknowledged)),
      );
    } finally {
      await fresh.dispose();
    }
  });
});
