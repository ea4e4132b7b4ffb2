import type { IncomingHttpHeaders } from 'node:http';
import type { QueryString } from './query-string.ts';

/** What a row sees of a request. */
export interface ApiRequest<Params = Readonly<Record<string, string>>> {
  readonly method: string;
  /** Percent-decoded, without the version prefix. */
  readonly path: string;
  /** What the pattern's parameters stand for; a rest begins with its slash. */
  readonly params: Params;
  readonly query: QueryString;
  /** Names in lower case. */
  readonly headers: IncomingHttpHeaders;
  /** `http://` or `https://` and the Host header, for links back to this server. */
  readonly origin: string;
  /** The version prefix the client wrote, e.g. `/v1.24`; empty without one. */
  readonly versionPrefix: string;
  /** Empty unless the row reads a body. */
  readonly body: RequestBody;
}

/** A body as it came, whatever its content type says. */
export interface RequestBody {
  readonly bytes: Uint8Array;
  /** Decoded as UTF-8, bytes that are none becoming U+FFFD. */
  readonly text: string;
}

export const requestBody = (bytes: Buffer): RequestBody => ({
  bytes,
  get text() {
    return bytes.toString('utf8');
  },
});

export const emptyBody: RequestBody = { bytes: Buffer.alloc(0), text: '' };
