import { GoJsonError, quoteChar } from './go-json-error.ts';

const SPACE = /[ \t\r\n]*/y;

/** A position in a JSON text, and the ways to move on or to complain from there. */
export class TextScanner {
  readonly #text: string;
  #position = 0;
  /** The first value that is well written but out of range: Go complains of it only once the whole text proved valid. */
  outOfRange: GoJsonError | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get atEnd(): boolean {
    return this.#position >= this.#text.length;
  }

  /** The UTF-16 unit at the position; empty at the end. */
  get current(): string {
    return this.#text.charAt(this.#position);
  }

  skipSpace(): void {
    this.takeRun(SPACE);
  }

  /** Takes `expected` if it stands here. */
  take(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#position)) return false;
    this.#position += expected.length;
    return true;
  }

  /** Takes what a sticky pattern matches here, perhaps nothing. */
  takeRun(sticky: RegExp): string {
    sticky.lastIndex = this.#position;
    const run = sticky.exec(this.#text)?.[0] ?? '';
    this.#position += run.length;
    return run;
  }

  /** The error about what stands here between two tokens: the text may also just be too short. */
  unexpected(context: string): GoJsonError {
    return this.atEnd ? new GoJsonError('unexpected end of JSON input') : this.misplaced(context);
  }

  /** The error about what stands here within a token; Go takes the end of the text for a blank there. */
  misplaced(context: string): GoJsonError {
    const character = this.atEnd ? ' ' : String.fromCodePoint(this.#text.codePointAt(this.#position) ?? 0x20);
    return new GoJsonError(`invalid character ${quoteChar(character)} ${context}`);
  }
}
