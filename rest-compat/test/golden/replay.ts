import { expect } from 'vitest';
import { send, type WireAnswer } from '../support/http-client.ts';
import { type SnapSystem, startSnapSystem } from '../support/snap-system.ts';
import { leftOut } from './left-out.ts';
import { comparable, KnownIds, withoutTimes } from './masks.ts';
import { type ExchangeRecord, type GoldenRecord, recordId, recordsOf, type StreamRecord } from './records.ts';
import { compareStream, watchStream } from './stream.ts';
import { pauses, twins, worlds } from './worlds.ts';

/** Where the recorder kept what its tasks published. */
const RECORDERS_FOLDER = '/opt/original/run';
const RECORDERS_HOST = '127.0.0.1:8181';
/** Headers that HTTP itself brings and each server words in its own way. */
const OF_HTTP: ReadonlySet<string> = new Set([
  'date',
  'content-length',
  'transfer-encoding',
  'connection',
  'keep-alive',
]);

/** One group of records, replayed in order against a system of its own. */
export class Replay implements AsyncDisposable {
  readonly #system: SnapSystem;
  readonly #ids = new KnownIds();

  private constructor(system: SnapSystem) {
    this.#system = system;
  }

  static async begin(group: string): Promise<Replay> {
    const replay = new Replay(await startSnapSystem('none'));
    for (const plugin of worlds[group]?.plugins ?? []) await replay.exchange(loadRecord(plugin));
    return replay;
  }

  /** Sends what was sent, compares what is answered. */
  async exchange(record: ExchangeRecord): Promise<void> {
    await this.#system.advance(pauses[recordId(record)] ?? 0);
    const actual = await this.#send(record);
    this.#ids.learn(record.response.body, actual.body);
    expect(actual.status).toBe(record.response.status);
    expect(ownHeaders(actual)).toEqual(recordedHeaders(record));
    expect(Number(actual.headers['content-length'])).toBe(bodyLength(record, actual));
    this.#compareBodies(record, actual.body);
  }

  /** Watches as was watched, doing meanwhile what was done; compares the stream. */
  async watch(record: StreamRecord, meanwhile: readonly ExchangeRecord[]): Promise<void> {
    const path = this.#ids.translate(record.request_raw.split(' ')[1] ?? '');
    const stream = await watchStream(this.#system.port, path);
    for (const step of meanwhile) await this.exchange(step);
    await this.#system.advance(pauses[recordId(record)] ?? 0);
    compareStream(record, await stream.received());
    stream.leave();
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#system[Symbol.asyncDispose]();
  }

  #load(plugin: string): Promise<WireAnswer> {
    const headers = { 'content-type': 'application/json', host: RECORDERS_HOST };
    const body = JSON.stringify({ uri: `builtin:${plugin}` });
    return send(this.#system.port, { method: 'POST', path: '/v1/plugins', headers, body });
  }

  #send(record: ExchangeRecord): Promise<WireAnswer> {
    const { method, path, headers, body } = record.request;
    const file = uploadedFile(record);
    if (file) return this.#load(twins[file] ?? `no/twin/of/${file}`);
    return send(this.#system.port, {
      method,
      path: this.#ids.translate(path),
      headers: { host: RECORDERS_HOST, ...headers },
      body: body === null ? undefined : this.#here(body),
    });
  }

  #compareBodies({ response }: ExchangeRecord, actual: string): void {
    const expected = withoutTimes(this.#here(response.body));
    const given = withoutTimes(actual);
    if (given === expected) return;
    expect(comparable(given)).toBe(comparable(expected));
    expect(given).toBe(indentedAsRecorded(given));
  }

  /** A recorded text with our ids and folder in it. */
  #here(text: string): string {
    return this.#ids.translate(text).replaceAll(RECORDERS_FOLDER, this.#system.folder);
  }
}

/** The record of loading a plugin's file. */
function loadRecord(plugin: string): ExchangeRecord {
  const record = recordsOf('setup').find(
    (candidate): candidate is ExchangeRecord =>
      'request' in candidate && twins[uploadedFile(candidate) ?? ''] === plugin,
  );
  if (!record) throw new Error(`No record loads ${plugin}.`);
  return record;
}

/** The file that a record uploads. */
const uploadedFile = ({ request }: ExchangeRecord): string | undefined =>
  /^<part .*filename=(\S+) /.exec(request.body ?? '')?.[1];

/** The same document, indented anew: what lists in another order are indented like. */
const indentedAsRecorded = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);

/** Steps of a group: what was done during a watch belongs to the watch that follows it in the records. */
export function stepsOf(
  group: string,
): readonly { readonly record: GoldenRecord; readonly meanwhile: ExchangeRecord[] }[] {
  const steps: { record: GoldenRecord; meanwhile: ExchangeRecord[] }[] = [];
  let meanwhile: ExchangeRecord[] = [];
  for (const record of recordsOf(group).filter((candidate) => !leftOut[recordId(candidate)])) {
    if ('request' in record && record.name.endsWith('during watch')) meanwhile.push(record);
    else {
      steps.push({ record, meanwhile: 'request' in record ? [] : meanwhile });
      if (!('request' in record)) meanwhile = [];
    }
  }
  return steps;
}

function ownHeaders({ headers }: WireAnswer): readonly string[] {
  return Object.entries(headers)
    .filter(([name]) => !OF_HTTP.has(name))
    .map(([name, value]) => `${name}: ${String(value)}`)
    .toSorted();
}

const recordedHeaders = ({ response }: ExchangeRecord): readonly string[] =>
  response.headers
    .filter(([name]) => !OF_HTTP.has(name.toLowerCase()))
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .toSorted();

/** HEAD tells the length of the body it leaves out. */
const bodyLength = ({ request, response }: ExchangeRecord, actual: WireAnswer): number =>
  request.method === 'HEAD'
    ? Number(response.headers.find(([name]) => name === 'Content-Length')?.[1])
    : Buffer.byteLength(actual.body);
