import { describeGoType, GoJsonError, type GoJsonValue, parseGoJson, unmarshalError } from '@pentagraph/kit/go-json';
import { refuseRequest } from '../engine/failure.ts';

/**
 * Reads JSON with the texts of the original's errors.
 * @param read takes the document apart
 * @throws RequestRefused with `status` and Go's text.
 */
export function readGoJson<Result>(text: string, status: number, read: (document: GoJsonValue) => Result): Result {
  try {
    return read(parseGoJson(text));
  } catch (error) {
    throw error instanceof GoJsonError ? refuseRequest(status, error.message) : error;
  }
}

/** A list of strings; null is an empty one. @throws GoJsonError */
export function stringList(document: GoJsonValue): readonly string[] {
  if (document === null) return [];
  if (!Array.isArray(document)) throw unmarshalError(document, '[]string');
  return document.map((item) => {
    if (typeof item === 'string') return item;
    if (item === null) return '';
    throw unmarshalError(item, 'string');
  });
}

/**
 * A text member of an object, its name in any letter case; empty when it is missing or null.
 * @throws GoJsonError
 */
export function textMember(document: GoJsonValue, name: string, goStruct: string): string {
  if (document === null) return '';
  if (!(document instanceof Map)) throw unmarshalError(document, goStruct);
  const member = [...document].findLast(([key]) => key.toLowerCase() === name)?.[1] ?? '';
  if (typeof member === 'string') return member;
  throw new GoJsonError(
    `json: cannot unmarshal ${describeGoType(member)} into Go struct field .${name} of type string`,
  );
}
