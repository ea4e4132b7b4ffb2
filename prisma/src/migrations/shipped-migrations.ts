import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Provider } from '../storage/storage.ts';

/** A migration that this program brings along. */
export interface ShippedMigration {
  /** `<UTC timestamp>_<name>`: migrations are applied in the order of their names. */
  readonly name: string;
  readonly sql: string;
  /** As Prisma notes it: SHA-256 of the script, in hex. */
  readonly checksum: string;
}

/** The room's folder, seen from the sources as well as from the build. */
const room = new URL('../../', import.meta.url);

export const schemaFile = (domain: string): string => fileURLToPath(new URL(`schema/${domain}.prisma`, room));

/** The models as of the last migration: what the next migration starts from, without a database. */
export const migratedSchemaFile = (domain: string): string =>
  fileURLToPath(new URL(`migrations/${domain}/models-as-migrated.prisma`, room));

export const migrationsFolder = (domain: string, provider: Provider): string =>
  fileURLToPath(new URL(`migrations/${domain}/${provider}/`, room));

/** A domain's migrations in the order in which they are applied. */
export async function shippedMigrations(domain: string, provider: Provider): Promise<readonly ShippedMigration[]> {
  const folder = migrationsFolder(domain, provider);
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(names.sort().map((name) => readMigration(folder, name)));
}

async function readMigration(folder: string, name: string): Promise<ShippedMigration> {
  const text = await readFile(`${folder}${name}/migration.sql`, 'utf8');
  // A checkout may have changed the line ends; they are no other migration.
  const sql = text.replaceAll('\r\n', '\n');
  return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
}
