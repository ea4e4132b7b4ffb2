import type { ErrorDetails } from '@pentagraph/kit';

/** Why a request can't be answered as it wished, before the API's own form is given to it. */
export interface Failure {
  readonly status: number;
  /** The domain's error code, or one of {@link engineCodes}. */
  readonly code: string;
  readonly message: string;
  readonly details: ErrorDetails;
}

/** Failures that the engine itself finds. */
export const engineCodes = {
  /** The body is longer than the row allows. */
  bodyTooLarge: 'BODY_TOO_LARGE',
  /** Something broke that is no fault of the request; the log has the reason under the request's id. */
  internal: 'INTERNAL',
} as const;

/** Thrown by a row's mapping to refuse a request; the API's envelope gives the failure its form. */
export class RequestRefused extends Error {
  override readonly name = 'RequestRefused';
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Refuses a request that is wrong in itself. */
export const refuseRequest = (status: number, message: string, details: ErrorDetails = {}): RequestRefused =>
  new RequestRefused({ status, code: 'BAD_REQUEST', message, details });
