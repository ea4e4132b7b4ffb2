import { encodeGoFloat } from './go-float.ts';
import { type GoEncodable, RawJson } from './go-json-value.ts';
import { compareUtf8, encodeGoString, escapeRawJson, type HtmlEscaping } from './go-string.ts';
import { compactGoJson } from './layout.ts';
import { type Composite, printTree } from './print-tree.ts';

export interface GoEncoding {
  readonly escapeHtml: HtmlEscaping;
}

/**
 * Compact JSON, byte for byte as Go's encoder writes it. A member that is `undefined` is left out, an element that is
 * `undefined` is null.
 * @throws GoJsonError for NaN and the infinities.
 */
export function encodeGoJson(value: GoEncodable, { escapeHtml }: GoEncoding): string {
  return printTree<GoEncodable>(value, (part) => shapeOf(part, escapeHtml));
}

function shapeOf(value: GoEncodable, escapeHtml: HtmlEscaping): string | Composite<GoEncodable> {
  switch (typeof value) {
    case 'string':
      return encodeGoString(value, escapeHtml);
    case 'number':
      return encodeGoFloat(value);
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'undefined':
      return 'null';
  }
  if (value === null) return 'null';
  if (value instanceof RawJson) return escapeRawJson(compactGoJson(value.text), escapeHtml);
  if (isArray(value)) return { open: '[', close: ']', separator: ',', items: value };
  if (value instanceof Map) {
    const sorted = [...(value as ReadonlyMap<string, GoEncodable>)].sort(([a], [b]) => compareUtf8(a, b));
    return objectOf(sorted, escapeHtml);
  }
  return objectOf(Object.entries(value), escapeHtml);
}

/** `Array.isArray` does not narrow readonly arrays. */
const isArray = (value: GoEncodable): value is readonly GoEncodable[] => Array.isArray(value);

function objectOf(
  entries: readonly (readonly [string, GoEncodable])[],
  escapeHtml: HtmlEscaping,
): Composite<GoEncodable> {
  const members = entries.filter(([, member]) => member !== undefined);
  return {
    open: '{',
    close: '}',
    separator: ',',
    labels: members.map(([key]) => `${encodeGoString(key, escapeHtml)}:`),
    items: members.map(([, member]) => member),
  };
}
