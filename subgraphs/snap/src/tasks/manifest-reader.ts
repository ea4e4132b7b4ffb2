import { GoJsonError, type GoJsonValue, unmarshalError } from '@pentagraph/kit/go-json';

/** What the original refuses in a task manifest, with its own text as the message. */
export class ManifestError extends Error {
  override readonly name = 'ManifestError';
}

/**
 * Reads one JSON value as Go reads it into a type: null leaves the zero value, which is undefined here.
 * @throws GoJsonError with Go's text for a value of another kind
 */
export type Reader<Value> = (value: GoJsonValue) => Value | undefined;

type ReadFields<Fields> = { readonly [Key in keyof Fields]?: Fields[Key] extends Reader<infer Value> ? Value : never };

export const readString: Reader<string> = (value) => {
  if (value === null) return undefined;
  if (typeof value === 'string') return value;
  throw unmarshalError(value, 'string');
};

export const readBool: Reader<boolean> = (value) => {
  if (value === null) return undefined;
  if (typeof value === 'boolean') return value;
  throw unmarshalError(value, 'bool');
};

const integerReader =
  (goType: string, minimum: bigint, maximum: bigint): Reader<bigint> =>
  (value) => {
    if (value === null) return undefined;
    if (typeof value === 'bigint' && value >= minimum && value <= maximum) return value;
    throw unmarshalError(value, goType);
  };

export const INT64 = { minimum: -(2n ** 63n), maximum: 2n ** 63n - 1n } as const;
export const readInt = integerReader('int', INT64.minimum, INT64.maximum);
export const readInt64 = integerReader('int64', INT64.minimum, INT64.maximum);
export const readUint = integerReader('uint', 0n, 2n ** 64n - 1n);

/** Any value of an object's members, undigested. */
export const readAny: Reader<GoJsonValue> = (value) => value;

/** A Go map: any keys, values of one type. */
export const readMap =
  <Value>(readValue: Reader<Value>, zero: Value, goType: string): Reader<ReadonlyMap<string, Value>> =>
  (value) => {
    if (value === null) return undefined;
    if (!(value instanceof Map)) throw unmarshalError(value, goType);
    return new Map([...value].map(([key, member]) => [key, readValue(member) ?? zero]));
  };

/** A Go slice. */
export const readList =
  <Item>(readItem: (value: GoJsonValue) => Item, goType: string): Reader<readonly Item[]> =>
  (value) => {
    if (value === null) return undefined;
    if (!Array.isArray(value)) throw unmarshalError(value, goType);
    return value.map(readItem);
  };

/** A node of the manifest: its keys are known and spelled exactly. @throws ManifestError for any other key */
export function readNode<const Fields extends Readonly<Record<string, Reader<unknown>>>>(
  value: GoJsonValue,
  fields: Fields,
  where: string,
): ReadFields<Fields> {
  if (value === null) return {};
  if (!(value instanceof Map)) throw unmarshalError(value, 'map[string]json.RawMessage');
  const read = [...value].map(([key, member]) => {
    const reader = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (!reader) throw new ManifestError(`Unrecognized key '${key}' in ${where}`);
    return [key, reader(member)];
  });
  return Object.fromEntries(read) as ReadFields<Fields>;
}

/** A Go struct: letter case of the keys does not matter, unknown keys are ignored. */
export function readStruct<const Fields extends Readonly<Record<string, Reader<unknown>>>>(
  value: GoJsonValue,
  fields: Fields,
  { goType, name }: { readonly goType: string; readonly name: string },
): ReadFields<Fields> {
  if (value === null) return {};
  if (!(value instanceof Map)) throw unmarshalError(value, goType);
  const read = [...value].flatMap(([key, member]) => {
    const field = key.toUpperCase().toLowerCase();
    const reader = Object.hasOwn(fields, field) ? fields[field] : undefined;
    return reader ? [[field, rewording(reader, (text) => inField(text, `${name}.${field}`))(member)]] : [];
  });
  return Object.fromEntries(read) as ReadFields<Fields>;
}

const inField = (text: string, field: string): string =>
  text.replace('into Go value of type', `into Go struct field ${field} of type`);

/** The same reader, whose complaints name the key: `... (while parsing 'start')`. */
export const parsing = <Value>(key: string, reader: Reader<Value>): Reader<Value> =>
  rewording(reader, (text) => `${text} (while parsing '${key}')`);

function rewording<Value>(reader: Reader<Value>, reword: (text: string) => string): Reader<Value> {
  return (value) => {
    try {
      return reader(value);
    } catch (error) {
      throw error instanceof GoJsonError ? new GoJsonError(reword(error.message)) : error;
    }
  };
}
