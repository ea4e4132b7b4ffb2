import { Cron } from 'croner';
import { GoDurationError, parseGoDuration } from './go-duration.ts';

/** What the original's cron parser refuses, with its own text as the message. */
export class CronEntryError extends Error {
  override readonly name = 'CronEntryError';
}

/** When a cron entry matches. */
export interface CronEntry {
  /** The first match after a time, both in milliseconds since the Unix epoch; null when it never matches again. */
  nextAfter(atMs: number): number | null;
}

interface Field {
  readonly minimum: number;
  readonly maximum: number;
  readonly names: readonly string[];
}

const number = (minimum: number, maximum: number, names: readonly string[] = []): Field => ({
  minimum,
  maximum,
  names,
});

const MONTHS = ['', 'jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** Seconds come first, also when there are only five fields: then the day of the week is left out (dossier 4.10). */
const FIELDS = [
  number(0, 59),
  number(0, 59),
  number(0, 23),
  number(1, 31),
  number(1, 12, MONTHS),
  number(0, 6, WEEKDAYS),
];
const DAY_OF_MONTH = 3;
const DAY_OF_WEEK = 5;

const DESCRIPTORS: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 0 1 1 *'],
  ['@annually', '0 0 0 1 1 *'],
  ['@monthly', '0 0 0 1 * *'],
  ['@weekly', '0 0 0 * * 0'],
  ['@daily', '0 0 0 * * *'],
  ['@midnight', '0 0 0 * * *'],
  ['@hourly', '0 0 * * * *'],
]);

/**
 * Reads a cron entry in the original's notation; times are local times of the machine.
 * @throws CronEntryError
 */
export function parseCronEntry(entry: string): CronEntry {
  if (entry.startsWith('@every ')) return everySoOften(entry);
  const spelledOut = DESCRIPTORS.get(entry);
  if (spelledOut === undefined && entry.startsWith('@')) throw new CronEntryError(`Unrecognized descriptor: ${entry}`);
  return atMatches(spelledOut ?? entry);
}

/** Whole seconds, at least one, counted from the time asked for. */
function everySoOften(entry: string): CronEntry {
  const seconds = secondsOf(entry);
  return { nextAfter: (atMs) => (Math.floor(atMs / 1000) + seconds) * 1000 };
}

function secondsOf(entry: string): number {
  try {
    return Math.max(1, Number(parseGoDuration(entry.slice('@every '.length)) / 1_000_000_000n));
  } catch (error) {
    if (!(error instanceof GoDurationError)) throw error;
    throw new CronEntryError(`Failed to parse duration ${entry}: ${error.message}`);
  }
}

function atMatches(entry: string): CronEntry {
  const expressions = entry.trim().split(/\s+/).filter(Boolean);
  if (expressions.length < 5 || expressions.length > 6) {
    throw new CronEntryError(`Expected 5 or 6 fields, found ${expressions.length}: ${entry}`);
  }
  const fields = FIELDS.map((field, index) => parseField(field, expressions[index] ?? '*'));
  // A day must match both day fields when one of them is open, and only one of them when both are given.
  const isOpen = fields[DAY_OF_MONTH]?.isOpen === true || fields[DAY_OF_WEEK]?.isOpen === true;
  const cron = new Cron(fields.map(({ pattern }) => pattern).join(' '), { domAndDow: isOpen });
  return { nextAfter: (atMs) => cron.nextRun(new Date(atMs))?.getTime() ?? null };
}

/** The values of one field as a plain list, and whether it holds a `*` or `?`. */
function parseField(field: Field, expression: string): { readonly pattern: string; readonly isOpen: boolean } {
  const ranges = expression.split(',').map((part) => parseRange(field, part));
  const values = ranges.flatMap(({ start, end, step }) =>
    Array.from({ length: Math.floor((end - start) / step) + 1 }, (_, index) => start + index * step),
  );
  const isAll = ranges.some(({ isOpen, step }) => isOpen && step === 1);
  return { pattern: isAll ? '*' : [...new Set(values)].join(','), isOpen: ranges.some(({ isOpen }) => isOpen) };
}

function parseRange(field: Field, part: string) {
  const [bounds = '', stepText, ...moreSteps] = part.split('/');
  const [low = '', high, ...moreHighs] = bounds.split('-');
  const isOpen = low === '*' || low === '?';
  if (!isOpen && moreHighs.length > 0) throw new CronEntryError(`Too many hyphens: ${part}`);
  if (moreSteps.length > 0) throw new CronEntryError(`Too many slashes: ${part}`);
  const start = isOpen ? field.minimum : parseValue(field, low);
  const ending = high === undefined ? start : parseValue(field, high);
  // `N/step` means from N to the end.
  const end = isOpen || (high === undefined && stepText !== undefined) ? field.maximum : ending;
  const step = stepText === undefined ? 1 : parseNumber(stepText);
  checkRange(field, { start, end, step }, part);
  return { start, end, step, isOpen };
}

function checkRange({ minimum, maximum }: Field, range: Record<'start' | 'end' | 'step', number>, part: string): void {
  const { start, end, step } = range;
  if (start < minimum) throw new CronEntryError(`Beginning of range (${start}) below minimum (${minimum}): ${part}`);
  if (end > maximum) throw new CronEntryError(`End of range (${end}) above maximum (${maximum}): ${part}`);
  if (start > end) throw new CronEntryError(`Beginning of range (${start}) beyond end of range (${end}): ${part}`);
  if (step === 0) throw new CronEntryError(`Step of range should be a positive number: ${part}`);
}

function parseValue({ names }: Field, text: string): number {
  const named = text === '' ? -1 : names.indexOf(text.toLowerCase());
  return named >= 0 ? named : parseNumber(text);
}

function parseNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) {
    throw new CronEntryError(
      `Failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  const value = Number(text);
  if (value < 0) throw new CronEntryError(`Negative number (${value}) not allowed: ${text}`);
  return value;
}
