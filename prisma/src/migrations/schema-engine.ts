import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import type { DatabaseLogger } from '../database-logger.ts';
import type { Provider } from '../storage/storage.ts';

type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');

/** What the WebAssembly module exports of its own start. */
interface EngineExports extends WebAssembly.Exports {
  readonly __wbindgen_start: () => void;
}

let loading: Promise<EngineModule> | undefined;

/**
 * Lets Prisma's schema engine work on one database. Loading it takes a few hundred milliseconds: only when there is
 * something to do.
 * @param datamodel a whole Prisma schema; the engine takes the provider from it
 */
export async function withSchemaEngine<Result>(
  datamodel: string,
  adapters: SqlMigrationAwareDriverAdapterFactory,
  logger: DatabaseLogger,
  work: (engine: SchemaEngine) => Promise<Result>,
): Promise<Result> {
  loading ??= loadEngine();
  const { SchemaEngine } = await loading;
  const { tracked, disposeAll } = trackConnections(adapters);
  try {
    const log = (line: string) => logger.debug({ engine: line }, 'Prisma schema engine');
    const options = { datamodels: [['schema.prisma', datamodel] satisfies [string, string]] };
    const engine = await SchemaEngine.new(options, log, bindMigrationAwareSqlAdapterFactory(tracked));
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await disposeAll();
  }
}

/** The engine leaves its connections open, and SQLite's with an exclusive lock. */
function trackConnections(adapters: SqlMigrationAwareDriverAdapterFactory) {
  const open: SqlDriverAdapter[] = [];
  const track = (connect: () => Promise<SqlDriverAdapter>) => async () => {
    const connection = await connect();
    open.push(connection);
    return connection;
  };
  const tracked: SqlMigrationAwareDriverAdapterFactory = {
    provider: adapters.provider,
    adapterName: adapters.adapterName,
    connect: track(() => adapters.connect()),
    connectToShadowDb: track(() => adapters.connectToShadowDb()),
  };
  const disposeAll = async () => {
    await Promise.all(open.map((connection) => connection.dispose()));
  };
  return { tracked, disposeAll };
}

/** Nothing of the database is outside of Prisma's care. */
export const noFilters = { externalTables: [], externalEnums: [] };

/** A whole schema of a domain's models. */
export const datamodelOf = (provider: Provider, models: string): string =>
  `datasource db {\n  provider = "${provider}"\n}\n\n${models}`;

async function loadEngine(): Promise<EngineModule> {
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasmFile = fileURLToPath(
    new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
  );
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), { './schema_engine_bg.js': engine });
  engine.__wbg_set_wasm(instance.exports);
  // The engine reports its panics through this global before it dies.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: reportPanic } });
  (instance.exports as EngineExports).__wbindgen_start();
  return engine;
}

function reportPanic(message: string): void {
  process.emitWarning(`Prisma's schema engine failed: ${message}`);
}
