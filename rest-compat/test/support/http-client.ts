import { once } from 'node:events';
import { request } from 'node:http';
import { buffer } from 'node:stream/consumers';

export interface WireRequest {
  readonly method?: string;
  /** Sent as it is: nothing is normalized or encoded. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | undefined;
}

export interface WireAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** Sends one request on a connection of its own and reads the whole answer. */
export async function send(port: number, { method = 'GET', path, headers, body }: WireRequest): Promise<WireAnswer> {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const outgoing = request({ host: '127.0.0.1', port, method, path, headers: { ...length, ...headers }, agent: false });
  outgoing.end(body);
  const [incoming] = await once(outgoing, 'response');
  return {
    status: incoming.statusCode,
    headers: incoming.headers,
    body: (await buffer(incoming)).toString('utf8'),
  };
}
