/** JSON-ready facts about an error, for clients that act on them. */
export type ErrorDetails = Readonly<Record<string, unknown>>;

interface DomainErrorOptions {
  /** The domain that refused: `snap`, `dragonfly`, ... */
  readonly domain: string;
  /** The status the domain's REST API answers with. */
  readonly httpStatus: number;
  readonly details?: ErrorDetails;
  readonly cause?: unknown;
}

/**
 * What a domain service throws when it refuses. It becomes a GraphQL error with
 * `extensions { code, domain, httpStatus, details }`; rest-compat turns the same extensions into each API's own body.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: string;
  readonly extensions: {
    readonly code: string;
    readonly domain: string;
    readonly httpStatus: number;
    readonly details: ErrorDetails;
  };

  constructor(code: string, message: string, { domain, httpStatus, details = {}, cause }: DomainErrorOptions) {
    super(message, { cause });
    this.code = code;
    this.extensions = { code, domain, httpStatus, details };
  }
}

/**
 * A domain's error codes with their HTTP statuses, as a table; the answer makes the errors.
 *
 *     const refuse = defineErrors('snap', { SNAP_TASK_NOT_FOUND: 404 });
 *     throw refuse('SNAP_TASK_NOT_FOUND', `Task not found: ID(${id})`);
 */
export function defineErrors<const Codes extends Readonly<Record<string, number>>>(domain: string, codes: Codes) {
  return (code: keyof Codes & string, message: string, details?: ErrorDetails, cause?: unknown): DomainError =>
    new DomainError(code, message, { domain, httpStatus: codes[code] ?? 500, details: details ?? {}, cause });
}
