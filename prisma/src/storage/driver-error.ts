import { type DriverAdapterError, isDriverAdapterError } from '@prisma/driver-adapter-utils';

/** What a driver said, whether Prisma's adapter, its client or nobody wrapped it. */
export interface DriverFailure {
  /** SQLSTATE, SQLite's name or Node's code, e.g. `28P01`, `SQLITE_CORRUPT`, `ECONNREFUSED`; empty if it has none. */
  readonly code: string;
  /** Prisma's classification, e.g. `TableDoesNotExist`; empty if the error did not pass its adapter. */
  readonly kind: string;
  readonly message: string;
}

export function describeFailure(error: unknown): DriverFailure {
  const adapterError = adapterErrorIn(error);
  if (adapterError) {
    const { kind, originalCode = '', originalMessage } = adapterError.cause;
    return { code: originalCode, kind, message: originalMessage ?? inWords(kind) };
  }
  if (error instanceof AggregateError && error.errors.length > 0) return describeFailure(error.errors[0]);
  if (!(error instanceof Error)) return { code: '', kind: '', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return { code, kind: '', message: error.message.trim() };
}

/** `DatabaseNotReachable` -> `database not reachable`. */
const inWords = (kind: string): string => kind.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** Prisma's client keeps the adapter's error in its `meta`. */
function adapterErrorIn(error: unknown): DriverAdapterError | undefined {
  if (isDriverAdapterError(error)) return error;
  if (!(error instanceof Error) || !('meta' in error)) return undefined;
  const { driverAdapterError } = (error.meta ?? {}) as { driverAdapterError?: unknown };
  return isDriverAdapterError(driverAdapterError) ? driverAdapterError : undefined;
}

/** A row of a table of explanations. */
export interface Explanation {
  /** Found in `<kind> <code> <message>`. */
  readonly sign: RegExp;
  readonly advice: string;
}

/** The explanation of a failure, if there is one. */
export function explanationOf<Row extends Explanation>(
  { kind, code, message }: DriverFailure,
  explanations: readonly Row[],
): Row | undefined {
  return explanations.find(({ sign }) => sign.test(`${kind} ${code} ${message}`));
}
