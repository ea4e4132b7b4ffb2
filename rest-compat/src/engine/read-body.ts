import type { IncomingMessage } from 'node:http';
import { engineCodes, RequestRefused } from './failure.ts';

/**
 * Reads a body whole. Of one that is too long nothing is kept, but it is read to its end: most clients look for an answer only
 * when they have sent everything.
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
  }
  if (length > limit) throw tooLarge(limit);
  return Buffer.concat(chunks, length);
}

const tooLarge = (limit: number): RequestRefused =>
  new RequestRefused({
    status: 413,
    code: engineCodes.bodyTooLarge,
    message: `The body is longer than ${limit} bytes`,
    details: { limit },
  });
