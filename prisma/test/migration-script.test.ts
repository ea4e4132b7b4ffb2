import { createHash } from 'node:crypto';
import { storageProviders, testDatabase } from '@pentagraph/prisma/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { silentLogger } from '../src/database-logger.ts';
import { migrate } from '../src/migrations/migrate.ts';
import { migrationScript } from '../src/migrations/migration-script.ts';
import { storageAt } from '../src/storage/storage-at.ts';

const rack = 'model Rack {\n  id Int @id\n  label String?\n  nodes Node[]\n}\n';
const node =
  'model Node {\n  id Int @id\n  rackId Int\n  rack Rack @relation(fields: [rackId], references: [id], onDelete: Cascade)\n}\n';
const before = rack + node;
// A column that becomes required with a default makes SQLite rebuild the table to which the other one refers.
const after = rack.replace('String?', 'String @default("none")') + node;

const shipped = (name: string, sql: string) => ({
  name,
  sql,
  checksum: createHash('sha256').update(sql).digest('hex'),
});

describe.each(storageProviders)('a migration script on %s', (provider) => {
  const place = testDatabase('snap', provider);
  afterAll(place.dispose);

  it('rebuilds a table without losing the rows that refer to it', async () => {
    const storage = await storageAt(place.url, 'snap', silentLogger);
    await storage.prepare();
    const first = shipped('1_first', await migrationScript(provider, '', before));
    const second = shipped('2_second', await migrationScript(provider, before, after));
    await migrate(storage, [first], { logger: silentLogger });

    const connection = await storage.adapters.connect();
    await connection.executeScript(`INSERT INTO "Rack" VALUES (1, 'r'); INSERT INTO "Node" VALUES (7, 1), (8, 1);`);
    await connection.dispose();
    expect(await migrate(storage, [first, second], { logger: silentLogger })).toEqual(['2_second']);
    const migrated = await storage.adapters.connect();
    const { rows } = await migrated.queryRaw({ sql: 'SELECT count(*) FROM "Node"', args: [], argTypes: [] });
    expect(rows.map(Number)).toEqual([2]);
    await migrated.dispose();
  });

  it('is empty when nothing changed', async () => {
    expect(await migrationScript(provider, before, before)).toBe('');
  });
});
