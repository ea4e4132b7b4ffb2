/**
 * Which of `<`, `>` and `&` are written as \u escapes: all (Go's default), none (`SetEscapeHTML(false)`), or the angle
 * brackets only (snap's v1 bodies, which put the ampersand back).
 */
export type HtmlEscaping = boolean | 'angle-brackets';

const LINE_SEPARATORS = '\u2028\u2029';

const htmlCharacters = (escapeHtml: HtmlEscaping): string =>
  escapeHtml === true ? '<>&' : escapeHtml === 'angle-brackets' ? '<>' : '';

const perEscaping = <Value>(make: (escapeHtml: HtmlEscaping) => Value): ((escapeHtml: HtmlEscaping) => Value) => {
  const all = make(true);
  const brackets = make('angle-brackets');
  const none = make(false);
  return (escapeHtml) => (escapeHtml === true ? all : escapeHtml === false ? none : brackets);
};

const inStrings = perEscaping(
  (escapeHtml) =>
    new RegExp(`["\\\\\\u0000-\\u001f${LINE_SEPARATORS}${htmlCharacters(escapeHtml)}]|\\p{Surrogate}`, 'gu'),
);

const inRawJson = perEscaping((escapeHtml) =>
  escapeHtml === false ? undefined : new RegExp(`[${LINE_SEPARATORS}${htmlCharacters(escapeHtml)}]`, 'g'),
);

/** A JSON string literal as Go's encoder writes it. */
export function encodeGoString(value: string, escapeHtml: HtmlEscaping): string {
  return `"${value.replace(inStrings(escapeHtml), escapeCharacter)}"`;
}

/** JSON text with those characters escaped that can stand in its strings only, as Go does with raw messages. */
export function escapeRawJson(text: string, escapeHtml: HtmlEscaping): string {
  const pattern = inRawJson(escapeHtml);
  return pattern ? text.replace(pattern, escapeCharacter) : text;
}

const SHORT_ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Backspace and form feed have no short form in the Go that the originals were built with (before 1.22). */
function escapeCharacter(character: string): string {
  const short = SHORT_ESCAPES.get(character);
  if (short) return short;
  const unit = character.charCodeAt(0);
  const isLoneSurrogate = unit >= 0xd800 && unit <= 0xdfff;
  return `\\u${(isLoneSurrogate ? 0xfffd : unit).toString(16).padStart(4, '0')}`;
}

/** The order of Go's strings: by UTF-8 bytes, which differs from UTF-16's where surrogates are involved. */
export function compareUtf8(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left, 'utf8'), Buffer.from(right, 'utf8'));
}
