import { silentLogger } from '../../src/database-logger.ts';
import type { Provider } from '../../src/storage/storage.ts';
import { storageAt } from '../../src/storage/storage-at.ts';

/** Per store: whatever makes a schema what it is, a line each, but for the order of columns. */
const catalogs: Readonly<Record<Provider, string>> = {
  sqlite: `
    SELECT m.name || ' column ' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || coalesce(c.dflt_value, '-') || ' ' || c.pk
      FROM sqlite_schema m, pragma_table_xinfo(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE '\\_%' ESCAPE '\\'
    UNION ALL
    SELECT m.name || ' index ' || i."unique" || ' ' || i.origin || ' ' || x.seqno || ' ' || x.name
      FROM sqlite_schema m, pragma_index_list(m.name) i, pragma_index_info(i.name) x WHERE m.type = 'table'
        AND m.name NOT LIKE '\\_%' ESCAPE '\\'
    UNION ALL
    SELECT m.name || ' refers ' || f."from" || ' ' || f."table" || ' ' || coalesce(f."to", '-') || ' ' || f.on_update || ' ' || f.on_delete
      FROM sqlite_schema m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'`,
  postgresql: `
    SELECT concat_ws(' ', table_name, 'column', column_name, udt_name, datetime_precision, is_nullable, column_default)
      FROM information_schema.columns WHERE table_schema = current_schema() AND left(table_name, 1) <> '_'
    UNION ALL
    SELECT replace(indexdef, current_schema(), '') FROM pg_indexes
      WHERE schemaname = current_schema() AND left(tablename, 1) <> '_'
    UNION ALL
    SELECT concat_ws(' ', conrelid::regclass::text, conname, pg_get_constraintdef(oid)) FROM pg_constraint
      WHERE connamespace = current_schema()::regnamespace AND left(conrelid::regclass::text, 1) <> '_'`,
};

/** What a database holds: tables, columns, indexes, references. Prisma's own table does not count. */
export async function catalogOf(url: string, domain: string): Promise<readonly string[]> {
  const storage = await storageAt(url, domain, silentLogger);
  const connection = await storage.adapters.connect();
  try {
    const { rows } = await connection.queryRaw({ sql: catalogs[storage.provider], args: [], argTypes: [] });
    return rows.map(([line]) => String(line)).sort();
  } finally {
    await connection.dispose();
  }
}

/** Runs a script on an empty store. */
export async function createTables(url: string, domain: string, script: string): Promise<void> {
  const storage = await storageAt(url, domain, silentLogger);
  await storage.prepare();
  const connection = await storage.adapters.connect();
  try {
    await connection.executeScript(script);
  } finally {
    await connection.dispose();
  }
}
