/** What can be wrong with an upload before anybody looks into its files. */
export type UploadProblemKind =
  /** The content type names no boundary. */
  | 'no-boundary'
  /** What came is not multipart, has no part, or ends too early. */
  | 'malformed'
  | 'too-many-files'
  | 'too-large'
  /** A file was announced as gzip and is not. */
  | 'not-gzip';

/** An upload that can't be taken; the row turns the kind into its API's failure. */
export class UploadProblem extends Error {
  override readonly name = 'UploadProblem';
  readonly kind: UploadProblemKind;

  constructor(kind: UploadProblemKind, cause?: unknown) {
    super(`The upload can't be taken: ${kind}`, { cause });
    this.kind = kind;
  }
}
