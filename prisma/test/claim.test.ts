import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';

describe.each(storageProviders)('a claim on %s', (provider) => {
  const place = testDatabase('snap', provider);
  afterAll(place.dispose);

  it('does not keep others from sharing who do not claim', async () => {
    const owner = await place.open({ exclusive: { waitMs: 0 } });
    const guest = await place.open();
    await expect(guest.health()).resolves.toBeUndefined();
    await Promise.all([owner.close(), guest.close()]);
  });
});

describe.each(storageProviders.filter((name) => name === 'postgresql'))('a claim on a %s server', (provider) => {
  const place = testDatabase('snap', provider);
  afterAll(place.dispose);

  it('is refused while another process serves the same tables, and names it', async () => {
    const first = await place.open({ exclusive: { waitMs: 0 } });
    await expect(place.open({ exclusive: { waitMs: 0 } })).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining(`pid ${process.pid} on `),
    });
    await first.close();
    const second = await place.open({ exclusive: { waitMs: 0 } });
    await second.close();
  });

  it('waits for a process that is about to end', async () => {
    const first = await place.open({ exclusive: { waitMs: 0 } });
    let waiting = () => {};
    const waits = new Promise<void>((resolve) => {
      waiting = resolve;
    });
    const nothing = () => {};
    const logger = { debug: nothing, info: () => waiting(), warn: nothing, error: nothing };
    const second = place.open({ exclusive: { waitMs: 10_000 }, logger });
    await waits;
    await first.close();
    await (await second).close();
  });

  it('is unhealthy while its connection is gone, and is taken again', async () => {
    const notices: string[] = [];
    let notify = (_: string) => {};
    const note = (_: unknown, message: string) => {
      notices.push(message);
      notify(message);
    };
    const heard = (text: string) =>
      new Promise<void>((resolve) => {
        notify = (message) => message.includes(text) && resolve();
      });
    const nothing = () => {};
    const database = await place.open({
      exclusive: { waitMs: 0 },
      logger: { debug: nothing, info: note, warn: note, error: nothing },
    });
    const lost = heard('is lost');
    await terminateClaims(place.url);
    await lost;
    await expect(database.health()).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await heard('is held again');
    await expect(database.health()).resolves.toBeUndefined();
    await database.close();
  });
});

/** What an administrator, or a restart of the server, does to a connection. */
async function terminateClaims(url: string): Promise<void> {
  const address = new URL(url);
  const schema = address.searchParams.get('schema');
  address.searchParams.delete('schema');
  address.searchParams.delete('connection_limit');
  const client = new Client({ connectionString: address.href });
  await client.connect();
  try {
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE $1', [
      `pentagraph ${schema}, pid %`,
    ]);
  } finally {
    await client.end();
  }
}
