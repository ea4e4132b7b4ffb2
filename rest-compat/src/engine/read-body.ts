import type { IncomingMessage } from 'node:http';
import { engineCodes, RequestRefused } from './failure.ts';

/**
 * Reads a body whole. One that is too long is read to its end and forgotten as it comes, up to {@link DRAINED_BYTES}, so
 * that its sender gets the answer instead of a broken connection.
 * @param limit most bytes
 * @throws RequestRefused `BODY_TOO_LARGE` (413)
 */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.byteLength;
    if (length <= limit) chunks.push(chunk);
    else chunks.length = 0;
    if (length > limit + DRAINED_BYTES) break;
  }
  if (length > limit) throw tooLarge(limit);
  return Buffer.concat(chunks, length);
}

const DRAINED_BYTES = 8 * 1024 * 1024;

const tooLarge = (limit: number): RequestRefused =>
  new RequestRefused({
    status: 413,
    code: engineCodes.bodyTooLarge,
    message: `The body is longer than ${limit} bytes`,
    details: { limit },
  });
