import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatRfc3339, parseRfc3339 } from '../../src/metrics/rfc3339.ts';

describe('timestamps', () => {
  test.each([
    ['2017-08-04T14:31:49.656031232+02:00', '2017-08-04T14:31:49.656031232+02:00'],
    ['2016-10-27T16:39:57+01:00', '2016-10-27T16:39:57+01:00'],
    ['2016-10-27T16:39:57+00:00', '2016-10-27T16:39:57Z'],
    ['2016-10-27T16:39:57-03:30', '2016-10-27T16:39:57-03:30'],
    ['2016-02-29T00:00:00.1200Z', '2016-02-29T00:00:00.12Z'],
    ['1969-12-31T23:59:59.5Z', '1969-12-31T23:59:59.5Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['2016-10-27T16:39:57.0000000019Z', '2016-10-27T16:39:57.000000001Z'],
  ])('%s is printed %s', (given, printed) => {
    expect(formatRfc3339(parseRfc3339(given))).toBe(printed);
  });

  test('the zone moves the instant', () => {
    expect(parseRfc3339('1970-01-01T01:00:00+01:00').unixNanos).toBe(0n);
  });

  test.each([
    ['abc', 'parsing time "abc" as "2006-01-02T15:04:05Z07:00": cannot parse "abc" as "2006"'],
    ['2016-10-27', 'parsing time "2016-10-27" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "T"'],
    [
      '2016-10-27T16:39:57',
      'parsing time "2016-10-27T16:39:57" as "2006-01-02T15:04:05Z07:00": cannot parse "" as "Z07:00"',
    ],
    ['2016-13-27T16:39:57Z', 'parsing time "2016-13-27T16:39:57Z": month out of range'],
    ['2015-02-29T16:39:57Z', 'parsing time "2015-02-29T16:39:57Z": day out of range'],
    ['2016-02-01T24:39:57Z', 'parsing time "2016-02-01T24:39:57Z": hour out of range'],
    ['2016-02-01T23:39:57Zx', 'parsing time "2016-02-01T23:39:57Zx": extra text: "x"'],
  ])('%s is refused', (text, message) => {
    expect(() => parseRfc3339(text)).toThrow(expect.objectContaining({ name: 'TimestampError', message }));
  });

  test('what is printed is read back, whatever the instant and the zone', () => {
    const unixNanos = fc.bigInt({ min: -(2n ** 62n), max: 2n ** 62n });
    const offsetMinutes = fc.integer({ min: -14 * 60, max: 14 * 60 });
    fc.assert(
      fc.property(fc.record({ unixNanos, offsetMinutes }), (timestamp) => {
        expect(parseRfc3339(formatRfc3339(timestamp))).toEqual(timestamp);
      }),
    );
  });
});
