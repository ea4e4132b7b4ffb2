import { isDriverAdapterError, type MappedError } from '@prisma/driver-adapter-utils';

/** What a driver, Prisma's adapter or the schema engine said, whichever of them wrapped it. */
export interface DriverFailure {
  /** SQLSTATE, SQLite's name or Node's code, e.g. `28P01`, `SQLITE_CORRUPT`, `ECONNREFUSED`. */
  readonly code: string;
  /** Prisma's classification, e.g. `TableDoesNotExist`. */
  readonly kind: MappedError['kind'] | undefined;
  readonly message: string;
}

export function describeFailure(error: unknown): DriverFailure {
  if (isDriverAdapterError(error)) {
    const { kind, originalCode, originalMessage } = error.cause;
    return { code: originalCode ?? '', kind, message: originalMessage ?? error.message };
  }
  if (error instanceof AggregateError && error.errors.length > 0) return describeFailure(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', kind: undefined, message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code, kind: undefined, message: error.message };
}
