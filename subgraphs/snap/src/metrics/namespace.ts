import type { Namespace, NamespaceElement } from './metric.ts';

/** Separators of the string form in the order they are tried: the first that no element contains (dossier 4.7). */
const separators = [...'/|%:-;_^><+=&㊽Ä大小ᵹ☍ヒ'];
const LAST_RESORT = '\u{1F422}';

/** An element that is the same in every collection. */
export const staticElement = (value: string): NamespaceElement => ({ value, name: '', description: '' });

/** An element whose values are known only at collection. */
export const dynamicElement = (name: string, description: string): NamespaceElement => ({
  value: '*',
  name,
  description,
});

/** A namespace of static elements. */
export const staticNamespace = (...values: readonly string[]): Namespace => values.map(staticElement);

/** Whether an element stands for values known only at collection; it stays dynamic when a request names its value. */
export const isDynamicElement = (element: NamespaceElement): boolean => element.name !== '';

export const isDynamic = (namespace: Namespace): boolean => namespace.some(isDynamicElement);

export const valuesOf = (namespace: Namespace): readonly string[] => namespace.map(({ value }) => value);

/** The string form of element values: each preceded by the first separator none of them contains (dossier 4.7). */
export function namespaceText(values: readonly string[]): string {
  const separator = separators.find((candidate) => !values.some((value) => value.includes(candidate)));
  const chosen = separator ?? LAST_RESORT;
  return values.map((value) => chosen + value).join('');
}

/**
 * The element values of a namespace as a request writes it: its first character is the separator. Separators in front are
 * dropped, those at the end are not: `/a/` is `a` and an empty element (dossier 4.7).
 */
export function parseNamespace(text: string): readonly string[] {
  const separator = String.fromCodePoint(text.codePointAt(0) ?? 0x2f);
  let start = 0;
  while (text.startsWith(separator, start)) start += separator.length;
  return text.slice(start).split(separator);
}

/** Whether `prefix` leads to the namespace; `*` in the prefix stands for any value of a dynamic element. */
export const isPrefixOf = (prefix: readonly string[], namespace: Namespace): boolean =>
  prefix.length <= namespace.length &&
  prefix.every((value, index) => {
    const element = namespace[index];
    return element !== undefined && (element.value === value || (value === '*' && isDynamicElement(element)));
  });

/**
 * What a tuple element `(x;y;z)` stands for: its parts without blanks around them, or `*` when one of them is `*`. Any
 * other element stands for itself (dossier 4.7).
 */
function tupleParts(value: string): readonly string[] {
  if (!value.startsWith('(') || !value.endsWith(')')) return [value];
  const parts = value
    .slice(1, -1)
    .split(';')
    .map((part) => part.trim());
  return parts.includes('*') ? ['*'] : [...new Set(parts)];
}

/** How many namespaces {@link expandTuples} would answer. */
export const combinationsOf = (values: readonly string[]): number =>
  values.reduce((product, value) => product * tupleParts(value).length, 1);

/** All namespaces that a requested one with tuples stands for, in the order it writes them. */
export const expandTuples = (values: readonly string[]): readonly (readonly string[])[] =>
  values.reduce<readonly (readonly string[])[]>(
    (heads, value) => heads.flatMap((head) => tupleParts(value).map((part) => [...head, part])),
    [[]],
  );
