import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

export type EngineModule = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');

/** What the WebAssembly module exports besides what its JavaScript side calls. */
interface EngineExports extends WebAssembly.Exports {
  readonly memory: WebAssembly.Memory;
  readonly __wbindgen_start: () => void;
}

interface LoadedEngine {
  readonly module: EngineModule;
  /** Lets go of its code and memory. */
  unload(): void;
}

let loading: Promise<LoadedEngine> | undefined;
let users = 0;

/**
 * Lends Prisma's schema engine. Loading it takes a few hundred milliseconds and some 30 MB: whoever needs it at the same
 * time shares it, and the last one unloads it.
 */
export async function withEngineModule<Result>(work: (module: EngineModule) => Promise<Result>): Promise<Result> {
  loading ??= loadEngine();
  users += 1;
  let unload = () => {};
  try {
    const engine = await loading;
    unload = engine.unload;
    return await work(engine.module);
  } finally {
    users -= 1;
    if (users === 0) {
      loading = undefined;
      unload();
    }
  }
}

async function loadEngine(): Promise<LoadedEngine> {
  const module = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasmFile = fileURLToPath(
    new URL('./schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')),
  );
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), { './schema_engine_bg.js': module });
  const exports = instance.exports as EngineExports;
  const loan = lend(exports);
  module.__wbg_set_wasm(loan.exports);
  // The engine reports its panics through this global before it dies.
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: reportPanic } });
  exports.__wbindgen_start();
  return {
    module,
    unload() {
      // Growing detaches the views that the JavaScript side keeps: of another engine's memory it makes new ones.
      exports.memory.grow(0);
      module.__wbg_set_wasm(undefined);
      loan.takeBack();
    },
  };
}

/**
 * The JavaScript side keeps some of the exported functions for ever, and each of them the whole engine: it gets functions
 * that can forget it. One that is called after that, by a finalizer, has nothing left to free.
 */
function lend(exports: WebAssembly.Exports) {
  let lent: WebAssembly.Exports | undefined = exports;
  const forgetful =
    (name: string) =>
    (...values: readonly unknown[]) => {
      const call = lent?.[name];
      return typeof call === 'function' ? call(...values) : undefined;
    };
  return {
    exports: Object.fromEntries(
      Object.entries(exports).map(([name, value]) => [name, typeof value === 'function' ? forgetful(name) : value]),
    ),
    takeBack() {
      lent = undefined;
    },
  };
}

function reportPanic(message: string): void {
  process.emitWarning(`Prisma's schema engine failed: ${message}`);
}
