import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { leftOut } from './left-out.ts';
import { goldenRecords, recordId } from './records.ts';
import { Replay, stepsOf } from './replay.ts';
import { worlds } from './worlds.ts';

process.env.SNAPTEST_PW = 'envsecret';

describe.each(Object.keys(worlds))('golden %s', (group) => {
  let replay: Replay;
  beforeAll(async () => {
    replay = await Replay.begin(group);
  });
  afterAll(() => replay[Symbol.asyncDispose]());

  for (const { record, meanwhile } of stepsOf(group)) {
    test(`${recordId(record)} ${record.name}`, () =>
      'request' in record ? replay.exchange(record) : replay.watch(record, meanwhile));
  }
});

test('every record is replayed or left out for a reason', () => {
  const replayed = Object.keys(worlds).flatMap((group) =>
    stepsOf(group).flatMap(({ record, meanwhile }) => [record, ...meanwhile].map(recordId)),
  );
  const known = new Set([...replayed, ...Object.keys(leftOut)]);
  const others = goldenRecords.filter(({ group }) => group !== 'setup').map(recordId);
  expect(others.filter((id) => !known.has(id))).toEqual([]);
  expect(Object.keys(leftOut).filter((id) => !others.includes(id))).toEqual([]);
});
