import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { gathered } from './gathered.ts';
import { describeStaged, openStaging, removeStaged, type StagedFile } from './staging.ts';
import { UploadProblem } from './upload-problem.ts';

export interface StageFileOptions {
  readonly stagingDir: string;
  /** Whether the content is a gzip stream of the file. */
  readonly gunzip: boolean;
  /** Most bytes of the file, unpacked. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Writes a file to the staging area while it comes, and measures it on the way. On failure nothing of it stays.
 * @throws UploadProblem `too-large`, `not-gzip`
 */
export async function stageFile(source: Readable, fileName: string, options: StageFileOptions): Promise<StagedFile> {
  const { stagingDir, signal } = options;
  const { id, contentPath } = await openStaging(stagingDir);
  const meter = new ContentMeter(options.maxBytes);
  try {
    const file = createWriteStream(contentPath, { flags: 'wx', mode: 0o600 });
    await (options.gunzip
      ? pipeline(source, inLargeChunks, createGunzip(), meter.measure, file, { signal })
      : pipeline(source, meter.measure, file, { signal }));
    const staged = { id, fileName, bytes: meter.bytes, sha256: meter.sha256() };
    await describeStaged(stagingDir, staged);
    return staged;
  } catch (error) {
    await removeStaged(stagingDir, id);
    throw isGzipError(error) ? new UploadProblem('not-gzip', error) : error;
  }
}

/** Unpacking costs a trip to another thread per chunk, and snaptel sends chunks of 240 bytes. */
const inLargeChunks = (packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> => gathered(packed, 65_536);

class ContentMeter {
  readonly #hash = createHash('sha256');
  readonly #maxBytes: number;
  bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  readonly measure = async function* (this: ContentMeter, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      this.bytes += chunk.byteLength;
      if (this.bytes > this.#maxBytes) throw new UploadProblem('too-large');
      this.#hash.update(chunk);
      yield chunk;
    }
  }.bind(this);

  sha256(): string {
    return this.#hash.digest('hex');
  }
}

const isGzipError = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('Z_');
