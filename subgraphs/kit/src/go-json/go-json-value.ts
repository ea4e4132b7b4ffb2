/**
 * A JSON document without loss: objects are Maps in the order they were written, integers are bigint, numbers with a
 * fraction or an exponent are number.
 */
export type GoJsonValue = null | boolean | string | bigint | number | GoJsonValue[] | GoJsonObject;
export type GoJsonObject = Map<string, GoJsonValue>;

/** JSON text that the encoder copies as it is (compacted). */
export class RawJson {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * What the encoder prints: a plain object is a Go struct (keys in insertion order, `undefined` left out), a Map is a Go
 * map (keys sorted by their UTF-8 bytes).
 */
export type GoEncodable =
  | null
  | undefined
  | boolean
  | string
  | bigint
  | number
  | RawJson
  | readonly GoEncodable[]
  | ReadonlyMap<string, GoEncodable>
  | { readonly [key: string]: GoEncodable };
