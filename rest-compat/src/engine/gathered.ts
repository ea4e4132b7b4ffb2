/**
 * The same bytes in chunks of at least `leastBytes`, the last one aside: for whatever costs much per chunk. Backpressure and
 * errors of the source pass through.
 */
export async function* gathered(chunks: AsyncIterable<Buffer>, leastBytes: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    bytes += chunk.byteLength;
    if (bytes < leastBytes) continue;
    yield Buffer.concat(held);
    held = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.concat(held);
}
