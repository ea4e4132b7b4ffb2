import { silentLogger } from '../database-logger.ts';
import type { Provider } from '../storage/storage.ts';
import { offlineAdapter } from './offline-adapter.ts';
import { datamodelOf, noFilters, withSchemaEngine } from './schema-engine.ts';

/** The SQL that leads from one set of models to another; empty if they are the same. Needs no database. */
export async function differenceOfModels(provider: Provider, before: string, after: string): Promise<string> {
  const datamodel = (models: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content: datamodelOf(provider, models) }],
  });
  const from = datamodel(before);
  const to = datamodel(after);
  return withSchemaEngine(datamodelOf(provider, after), offlineAdapter(provider), silentLogger, async (engine) => {
    const { stdout } = await engine.diff({ from, to, script: true, exitCode: null, filters: noFilters });
    return stdout === null || isEmptyScript(stdout) ? '' : stdout;
  });
}

const isEmptyScript = (sql: string): boolean => sql.replace(/^--.*$/gm, '').trim() === '';
