import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { settle } from '@pentagraph/kit/testing';
import { expect } from 'vitest';
import type { StreamRecord } from './records.ts';

/** A stream that is being read. */
export interface OpenStream {
  readonly head: IncomingMessage;
  /** All that has come so far, once nothing more is under way. */
  received(): Promise<string>;
  leave(): void;
}

export async function watchStream(port: number, path: string): Promise<OpenStream> {
  const outgoing = get({ host: '127.0.0.1', port, path, agent: false });
  const [incoming] = (await once(outgoing, 'response')) as [IncomingMessage];
  let text = '';
  incoming.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  incoming.on('error', () => {});
  return {
    head: incoming,
    async received() {
      let before: string | undefined;
      while (before !== text) {
        before = text;
        for (let turn = 0; turn < 5; turn++) await settle();
      }
      return text;
    },
    leave: () => outgoing.destroy(),
  };
}

interface StreamFacts {
  /** Types of the events; several of one type in a row are one, since how many there are is a matter of time. */
  readonly types: readonly string[];
  /** The shapes of events: keys in their order, of the first item of lists. */
  readonly shapes: readonly string[];
  /** What is no event: the text after the last. */
  readonly closing: string;
}

/** Holds a stream to a recorded one: frames, order of event types, order of keys, closing text. */
export function compareStream(record: StreamRecord, received: string): void {
  const recorded = factsOf(unchunked(record.chunks.map(({ raw }) => raw).join('')));
  const actual = factsOf(received);
  expect(actual.types).toEqual(recorded.types);
  expect(new Set(actual.shapes)).toEqual(new Set(recorded.shapes));
  expect(actual.closing).toBe(recorded.closing);
}

const FRAME = /data: (.*)\n\n/y;

function factsOf(text: string): StreamFacts {
  const types: string[] = [];
  const shapes: string[] = [];
  FRAME.lastIndex = 0;
  let end = 0;
  for (let frame = FRAME.exec(text); frame; frame = FRAME.exec(text)) {
    end = FRAME.lastIndex;
    const event = JSON.parse(frame[1] ?? '') as { readonly type: string };
    if (types.at(-1) !== event.type) types.push(event.type);
    shapes.push(`${event.type} ${shapeOf(event)}`);
  }
  return { types, shapes, closing: text.slice(end) };
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length === 0 ? '' : shapeOf(value[0])}]`;
  if (typeof value !== 'object' || value === null) return '_';
  return `{${Object.entries(value).map(([key, member]) => `${key}:${shapeOf(member)}`)}}`;
}

/** The body of a recorded chunked answer. */
function unchunked(raw: string): string {
  const bytes = Buffer.from(raw.slice(raw.indexOf('\r\n\r\n') + 4));
  const pieces: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const headEnd = bytes.indexOf('\r\n', at);
    const length = Number.parseInt(bytes.toString('latin1', at, headEnd), 16);
    pieces.push(bytes.subarray(headEnd + 2, headEnd + 2 + length));
    at = headEnd + 2 + length + 2;
  }
  return Buffer.concat(pieces).toString('utf8');
}
