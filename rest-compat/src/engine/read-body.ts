import type { IncomingMessage } from 'node:http';
import { engineCodes, RequestRefused } from './failure.ts';

/**
 * Reads a body whole. What comes after too many bytes is not kept: the HTTP server reads and forgets it when it has answered.
 * @param limit most bytes
 * @throws RequestRefused `BODY_TOO_LARGE` (413)
 */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

const tooLarge = (limit: number): RequestRefused =>
  new RequestRefused({
    status: 413,
    code: engineCodes.bodyTooLarge,
    message: `The body is longer than ${limit} bytes`,
    details: { limit },
  });
