/** What Go's encoding/json refuses, with Go's own text as the message. */
export class GoJsonError extends Error {
  override readonly name = 'GoJsonError';
}

/** A character in an error text, as Go's `quoteChar` shows the byte it stopped at. */
export function quoteChar(character: string): string {
  if (character === "'") return `'\\''`;
  if (character === '"') return `'"'`;
  const byte = firstUtf8Byte(character);
  return `'${namedEscapes.get(byte) ?? quoteByte(byte)}'`;
}

const namedEscapes: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x5c, '\\\\'],
]);

/** Go reads bytes and prints each as the Latin-1 character of that number. */
function quoteByte(byte: number): string {
  if (byte < 0x20 || byte === 0x7f) return `\\x${byte.toString(16).padStart(2, '0')}`;
  const unprintable = (byte >= 0x80 && byte <= 0xa0) || byte === 0xad;
  return unprintable ? `\\u${byte.toString(16).padStart(4, '0')}` : String.fromCharCode(byte);
}

function firstUtf8Byte(character: string): number {
  return Buffer.from(character, 'utf8')[0] ?? 0x20;
}
