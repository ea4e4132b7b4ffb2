import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { Busboy, type BusboyInstance } from '@fastify/busboy';
import { type StageFileOptions, stageFile } from './staged-file.ts';
import { removeStaged, type StagedFile } from './staging.ts';
import { UploadProblem } from './upload-problem.ts';

/** A part of an upload when its head has come. */
export interface UploadPart {
  /** Counted from 0. */
  readonly index: number;
  /** Base name; empty when the part has none. */
  readonly fileName: string;
}

export interface StageMultipartOptions extends StageFileOptions {
  readonly maxFiles: number;
  /** Looks at a part before its content is taken. @throws to refuse the whole upload. */
  admit(part: UploadPart): void;
}

/**
 * Stages the parts of a multipart request as files, in their order. On any failure nothing of them stays.
 * @throws UploadProblem, or what `admit` threw.
 */
export async function stageMultipart(
  incoming: IncomingMessage,
  options: StageMultipartOptions,
): Promise<readonly StagedFile[]> {
  const parser = openParser(incoming);
  const stop = new AbortController();
  const writes: Promise<StagedFile>[] = [];
  const signal = AbortSignal.any([stop.signal, options.signal]);
  try {
    await parse(incoming, parser, (source, fileName) => {
      const index = writes.length;
      if (index >= options.maxFiles) throw new UploadProblem('too-many-files');
      options.admit({ index, fileName });
      const write = stageFile(source, fileName, { ...options, signal });
      writes.push(write);
      return write;
    });
    if (writes.length === 0) throw new UploadProblem('malformed');
    return await Promise.all(writes);
  } catch (error) {
    incoming.unpipe(parser);
    stop.abort();
    await removeAll(options.stagingDir, writes);
    throw error;
  }
}

function openParser(incoming: IncomingMessage): BusboyInstance {
  const headers = { ...incoming.headers, 'content-type': incoming.headers['content-type'] ?? '' };
  try {
    return new Busboy({ headers, isPartAFile: () => true });
  } catch (error) {
    throw new UploadProblem('no-boundary', error);
  }
}

type TakePart = (source: Readable, fileName: string) => Promise<unknown>;

/** Feeds the parser until it has all parts. The first failure, wherever it happens, ends it. */
function parse(incoming: IncomingMessage, parser: BusboyInstance, take: TakePart): Promise<void> {
  return new Promise((resolve, reject) => {
    parser.on('file', (_field, source, fileName) => {
      // The parser tells a part that it breaks, perhaps before anybody reads it; what destroys a part is told by its reader.
      source.on('error', (error) => {
        if (!source.errored) reject(new UploadProblem('malformed', error));
      });
      try {
        take(source, fileName ?? '').catch(reject);
      } catch (error) {
        source.resume();
        reject(error);
      }
    });
    parser.once('finish', resolve);
    parser.on('error', (error) => reject(new UploadProblem('malformed', error)));
    incoming.once('close', () => {
      if (!incoming.complete) reject(new UploadProblem('malformed'));
    });
    incoming.pipe(parser);
  });
}

async function removeAll(stagingDir: string, writes: readonly Promise<StagedFile>[]): Promise<void> {
  const finished = await Promise.allSettled(writes);
  const staged = finished.flatMap((write) => (write.status === 'fulfilled' ? [write.value] : []));
  await Promise.all(staged.map(({ id }) => removeStaged(stagingDir, id)));
}
