import type { ServerResponse } from 'node:http';

export type Header = readonly [name: string, value: string];

/** A whole HTTP answer. The headers are sent in this order; Content-Length, Date and Connection are the engine's. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string | Uint8Array;
}

/** Statuses whose answers have neither a body nor a Content-Length. */
const BODILESS: ReadonlySet<number> = new Set([204, 304]);

export function sendAnswer(response: ServerResponse, { status, headers, body }: Answer): void {
  if (BODILESS.has(status)) {
    response.writeHead(status, headers.flat()).end();
    return;
  }
  // A text goes out together with the head, in one write.
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  response.writeHead(status, [...headers.flat(), 'Content-Length', String(length)]).end(body);
}
