import type { Provider } from '../storage/storage.ts';
import { differenceOfModels } from './schema-difference.ts';

/** The script of a migration from one set of models to another, all or nothing on either store; empty for no change. */
export async function migrationScript(provider: Provider, before: string, after: string): Promise<string> {
  const script = await differenceOfModels(provider, before, after);
  return script === '' ? '' : asOneTransaction(provider, script);
}

/**
 * SQLite runs a script statement by statement, and ignores switching off foreign keys (which rebuilding a table needs)
 * within a transaction. PostgreSQL takes a script whole by itself.
 */
function asOneTransaction(provider: Provider, script: string): string {
  if (provider === 'postgresql') return script;
  return `PRAGMA foreign_keys=OFF;\nBEGIN;\n\n${script.trim()}\n\nCOMMIT;\nPRAGMA foreign_keys=ON;\n`;
}
