/**
 * The query of a request target. Pairs are separated by `&`, a blank may be written `+`; a pair that is wrongly
 * percent-encoded does not count.
 */
export class QueryString {
  readonly #values: ReadonlyMap<string, readonly string[]>;
  /** As it was written, without the question mark. */
  readonly raw: string;

  constructor(raw: string) {
    this.raw = raw;
    this.#values = raw === '' ? NOTHING : parse(raw);
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** The first value of that name; empty for a name without `=`. */
  get(name: string): string | undefined {
    return this.#values.get(name)?.[0];
  }

  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }
}

const NOTHING: ReadonlyMap<string, readonly string[]> = new Map();

function parse(raw: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = decode(equals < 0 ? pair : pair.slice(0, equals));
    const value = decode(equals < 0 ? '' : pair.slice(equals + 1));
    if (name === undefined || value === undefined) continue;
    const others = values.get(name);
    if (others) others.push(value);
    else values.set(name, [value]);
  }
  return values;
}

const decode = (text: string): string | undefined => percentDecode(text.replaceAll('+', ' '));

const ENCODED = /%[0-9A-Fa-f]{2}/;
const MALFORMED = /%(?![0-9A-Fa-f]{2})/;

/** Percent-decoded UTF-8, bytes that are none becoming U+FFFD; undefined when a `%` is not followed by two hex digits. */
export function percentDecode(text: string): string | undefined {
  if (!text.includes('%')) return text;
  if (MALFORMED.test(text)) return undefined;
  return ENCODED.test(text) ? decodeBytes(text) : text;
}

function decodeBytes(text: string): string {
  const bytes = Buffer.from(text, 'utf8');
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    if (byte === 0x25) {
      bytes[length++] = Number.parseInt(bytes.toString('latin1', at + 1, at + 3), 16);
      at += 2;
    } else {
      bytes[length++] = byte;
    }
  }
  return bytes.toString('utf8', 0, length);
}
