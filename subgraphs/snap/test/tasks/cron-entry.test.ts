import { describe, expect, test } from 'vitest';
import { parseCronEntry } from '../../src/tasks/cron-entry.ts';

const local = (text: string) => new Date(text).getTime();

/** The next matches of an entry, in the machine's own zone like the entry itself. */
function matches(entry: string, after: string, count: number): string[] {
  const cron = parseCronEntry(entry);
  const found: string[] = [];
  for (let at = cron.nextAfter(local(after)); at !== null && found.length < count; at = cron.nextAfter(at)) {
    const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
    found.push(date.toISOString().slice(0, 19));
  }
  return found;
}

describe('cron entries', () => {
  test.each([
    ['*/2 * * * * *', ['2026-01-01T00:00:02', '2026-01-01T00:00:04']],
    ['0 30 * * * *', ['2026-01-01T00:30:00', '2026-01-01T01:30:00']],
    ['0 30 * * *', ['2026-01-01T00:30:00', '2026-01-01T01:30:00']],
    ['0 0 12 ? FEB Mon-Wed', ['2026-02-02T12:00:00', '2026-02-03T12:00:00']],
    ['0 0 0 13 * fri', ['2026-01-02T00:00:00', '2026-01-09T00:00:00']],
    ['0 0 0 1/15 * *', ['2026-01-16T00:00:00', '2026-01-31T00:00:00']],
    ['5-7,20 0 0 2 1 *', ['2026-01-02T00:00:05', '2026-01-02T00:00:06']],
    ['50/5 0 0 2 1 *', ['2026-01-02T00:00:50', '2026-01-02T00:00:55']],
    ['@hourly', ['2026-01-01T01:00:00', '2026-01-01T02:00:00']],
    ['@daily', ['2026-01-02T00:00:00', '2026-01-03T00:00:00']],
    ['@midnight', ['2026-01-02T00:00:00', '2026-01-03T00:00:00']],
    ['@weekly', ['2026-01-04T00:00:00', '2026-01-11T00:00:00']],
    ['@monthly', ['2026-02-01T00:00:00', '2026-03-01T00:00:00']],
    ['@yearly', ['2027-01-01T00:00:00', '2028-01-01T00:00:00']],
    ['@annually', ['2027-01-01T00:00:00', '2028-01-01T00:00:00']],
    ['@every 1h30m', ['2026-01-01T01:30:00', '2026-01-01T03:00:00']],
    ['@every 10ms', ['2026-01-01T00:00:01', '2026-01-01T00:00:02']],
  ])('%s matches', (entry, expected) => {
    expect(matches(entry, '2026-01-01T00:00:00.000', 2)).toEqual(expected);
  });

  test('a step over all days is open: it narrows the weekday instead of adding to it', () => {
    expect(matches('0 0 0 */2 * mon', '2026-01-01T00:00:00', 2)).toEqual([
      '2026-01-05T00:00:00',
      '2026-01-19T00:00:00',
    ]);
  });

  test('an entry that never matches has no next time', () => {
    expect(parseCronEntry('0 0 0 30 2 *').nextAfter(local('2026-01-01T00:00:00'))).toBeNull();
  });

  test.each([
    ['* * *', 'Expected 5 or 6 fields, found 3: * * *'],
    ['a b c', 'Expected 5 or 6 fields, found 3: a b c'],
    ['* * * * * * *', 'Expected 5 or 6 fields, found 7: * * * * * * *'],
    ['60 * * * * *', 'End of range (60) above maximum (59): 60'],
    ['* * * 0 * *', 'Beginning of range (0) below minimum (1): 0'],
    ['* * * * * 7', 'End of range (7) above maximum (6): 7'],
    ['5-2 * * * * *', 'Beginning of range (5) beyond end of range (2): 5-2'],
    ['1-2-3 * * * * *', 'Too many hyphens: 1-2-3'],
    ['*/2/3 * * * * *', 'Too many slashes: */2/3'],
    ['*/0 * * * * *', 'Step of range should be a positive number: */0'],
    ['x * * * * *', 'Failed to parse int from x: strconv.Atoi: parsing "x": invalid syntax'],
    ['1, * * * * *', 'Failed to parse int from : strconv.Atoi: parsing "": invalid syntax'],
    ['@never', 'Unrecognized descriptor: @never'],
    ['@every x', 'Failed to parse duration @every x: time: invalid duration "x"'],
  ])('%s is refused', (entry, message) => {
    expect(() => parseCronEntry(entry)).toThrow(expect.objectContaining({ name: 'CronEntryError', message }));
  });
});
