import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { silentLogger } from '../database-logger.ts';
import type { Provider } from '../storage/storage.ts';
import { offlineAdapter } from './offline-adapter.ts';
import { datamodelOf, noFilters, withSchemaEngine } from './schema-engine.ts';

const schemaPath = 'schema.prisma';

const target = (provider: Provider, models: string) => ({
  tag: 'schemaDatamodel' as const,
  files: [{ path: schemaPath, content: datamodelOf(provider, models) }],
});

/** The SQL that leads from one set of models to another; empty if they are the same. Needs no database. */
export async function differenceOfModels(provider: Provider, before: string, after: string): Promise<string> {
  return difference(provider, offlineAdapter(provider), target(provider, before), after);
}

/** The SQL that leads from a database as it is to the models; empty if it is what they say. */
export async function differenceOfDatabase(
  provider: Provider,
  adapters: SqlMigrationAwareDriverAdapterFactory,
  models: string,
): Promise<string> {
  const database = { ...target(provider, models), tag: 'schemaDatasource' as const, configDir: '.' };
  return difference(provider, adapters, database, models);
}

async function difference(
  provider: Provider,
  adapters: SqlMigrationAwareDriverAdapterFactory,
  from:
    | ReturnType<typeof target>
    | (Omit<ReturnType<typeof target>, 'tag'> & { tag: 'schemaDatasource'; configDir: string }),
  after: string,
): Promise<string> {
  return withSchemaEngine(datamodelOf(provider, after), adapters, silentLogger, async (engine) => {
    const to = target(provider, after);
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters: noFilters });
    return stdout === null || isEmptyScript(stdout) ? '' : stdout;
  });
}

const isEmptyScript = (sql: string): boolean => sql.replace(/^--.*$/gm, '').trim() === '';
