import { formatGoFloat } from './go-float.ts';
import type { GoJsonValue } from './go-json-value.ts';
import { compareUtf8 } from './go-string.ts';
import { type Composite, printTree } from './print-tree.ts';

/** A decoded `interface{}` as Go's `%v` prints it: `map[a:1 b:[x <nil>]]`. Every number is a float64 there. */
export function formatGoValue(value: GoJsonValue): string {
  return printTree(value, shapeOf);
}

function shapeOf(value: GoJsonValue): string | Composite<GoJsonValue> {
  if (value === null) return '<nil>';
  if (typeof value === 'bigint' || typeof value === 'number') return formatGoFloat(Number(value));
  if (Array.isArray(value)) return { open: '[', close: ']', separator: ' ', items: value };
  if (!(value instanceof Map)) return String(value);
  const keys = [...value.keys()].sort(compareUtf8);
  return {
    open: 'map[',
    close: ']',
    separator: ' ',
    labels: keys.map((key) => `${key}:`),
    items: keys.map((key) => value.get(key) ?? null),
  };
}
