import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MetricData, MetricSample } from '../../../src/metrics/metric.ts';
import { passthruProcessor } from '../../../src/plugins/builtin/passthru-processor.ts';
import { consolePublisher } from '../../../src/plugins/builtin/publishers/console-publisher.ts';
import { FileAppender } from '../../../src/plugins/builtin/publishers/file-appender.ts';
import { filePublisher, mockFilePublisher } from '../../../src/plugins/builtin/publishers/file-publisher.ts';
import { goData, goTime, sampleLine } from '../../../src/plugins/builtin/publishers/sample-line.ts';
import { request, sampleOf } from '../pool/fake-instance.ts';
import { dependencies, running, signal } from './collect.ts';

const sample = (extra: Partial<MetricSample> = {}): MetricSample => ({
  ...sampleOf(request('/intel/mock/foo'), 74n),
  timestamp: { unixNanos: 1_501_853_509_656_031_232n, offsetMinutes: 0 },
  tags: { plugin_running_on: 'vm', a: 'b' },
  ...extra,
});

describe('a line of the file publisher', () => {
  it('has time, namespace, value and sorted tags', () => {
    expect(sampleLine(sample())).toBe(
      '2017-08-04 13:31:49.656031232 +0000 UTC|/intel/mock/foo|74|tags[a:b; plugin_running_on:vm]',
    );
    expect(sampleLine(sample({ tags: null }))).toMatch(/\|tags\[\]$/);
  });

  it.each([
    [1_501_853_509_656_000_000n, 120, '2017-08-04 15:31:49.656 +0200 +0200'],
    [1_501_853_509_000_000_000n, -210, '2017-08-04 10:01:49 -0330 -0330'],
    [0n, 0, '1970-01-01 00:00:00 +0000 UTC'],
    [-1n, 0, '1969-12-31 23:59:59.999999999 +0000 UTC'],
  ])('prints the instant %i at offset %i as %s', (unixNanos, offsetMinutes, expected) => {
    expect(goTime({ unixNanos, offsetMinutes })).toBe(expected);
  });

  it.each<[MetricData, string]>([
    [{ kind: 'int64', value: 9_223_372_036_854_775_807n }, '9223372036854775807'],
    [{ kind: 'float64', value: 1e6 }, '1e+06'],
    [{ kind: 'float32', value: Math.fround(0.1) }, '0.1'],
    [{ kind: 'float32', value: Math.fround(16_777_217) }, '1.6777216e+07'],
    [{ kind: 'float32', value: Math.fround(107.770584) }, '107.770584'],
    [{ kind: 'bool', value: true }, 'true'],
    [{ kind: 'string', value: 'a|b' }, 'a|b'],
    [{ kind: 'bytes', value: Uint8Array.of(1, 255) }, '[1 255]'],
    [{ kind: 'null' }, '<nil>'],
  ])('prints %o as %s', (data, expected) => {
    expect(goData(data)).toBe(expected);
  });
});

describe('file publishers', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pentagraph-publishers-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['mock-file', mockFilePublisher],
    ['file', filePublisher],
  ])('%s appends a line per metric', async (name, publisher) => {
    const file = join(folder, name);
    const { instance } = await running(publisher(new FileAppender()));
    await instance.publish([sample(), sample()], { file }, signal);
    await instance.publish([], { file }, signal);
    await instance.publish([sample()], { file }, signal);
    expect(await readFile(file, 'utf8')).toBe(`${sampleLine(sample())}\n`.repeat(3));
  });

  it.each([
    ['a directory', () => folder, 'is a directory'],
    ['a missing folder', () => join(folder, 'none', 'f'), 'no such file or directory'],
    ['a file as folder', () => join(folder, 'mock-file', 'f'), 'not a directory'],
  ])('fails for %s as the original does', async (_, path, reason) => {
    const { instance } = await running(mockFilePublisher(new FileAppender()));
    await expect(instance.publish([sample()], { file: path() }, signal)).rejects.toThrow(
      `Publish call error: open ${path()}: ${reason}`,
    );
  });

  it('never mixes what is published at the same time, and goes on after a failure', async () => {
    const file = join(folder, 'busy');
    const appender = new FileAppender();
    const texts = Array.from({ length: 200 }, (_, index) => `${String(index).repeat(50)}\n`);
    const failed = expect(appender.append(folder, 'x')).rejects.toThrow('is a directory');
    await Promise.all(texts.map((text) => appender.append(file, text)));
    await failed;
    await appender.append(file, 'last\n');
    expect(await readFile(file, 'utf8')).toBe(`${texts.join('')}last\n`);
  });
});

it('console writes lines to the log, behind the prefix', async () => {
  const lines: string[] = [];
  const logger = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line).msg) });
  const { instance } = await running(consolePublisher(dependencies({ logger })));
  await instance.publish([sample()], {}, signal);
  await instance.publish([sample()], { prefix: 'metric:' }, signal);
  expect(lines).toEqual([sampleLine(sample()), `metric: ${sampleLine(sample())}`]);
});

it('passthru answers what it got', async () => {
  const { instance } = await running(passthruProcessor(dependencies()));
  const samples = [sample()];
  expect(await instance.process(samples, { debug: true }, signal)).toBe(samples);
});
