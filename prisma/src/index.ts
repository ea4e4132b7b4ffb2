export { join, type RowUpdates, raw, type Sql, type SqlValue, sql, updateRows } from './bulk-sql.ts';
export { DatabaseError, type DatabaseErrorCode } from './database-error.ts';
export type { DatabaseLogger } from './database-logger.ts';
export { type Domain, type DomainClients, domains, type SnapClient } from './domains.ts';
export type { SnapPlugin, SnapPluginConfig, SnapTask } from './generated/snap/sqlite/client.ts';
export { type Database, type OpenOptions, openDatabase } from './open-database.ts';
export type { Provider } from './storage/storage.ts';
