import type { Namespace } from './metric.ts';
import { namespaceText, valuesOf } from './namespace.ts';

/** A tuple: braces around parts; a plugin may ask for tuples but not advertise them. */
const TUPLE = /^\(.*\)$/s;

/**
 * Why a plugin that advertises this namespace can't be loaded; undefined when it can (dossier 4.7).
 * The texts are the original's, missing article included.
 */
export function namespaceFault(namespace: Namespace): string | undefined {
  if (namespace.length === 0) return 'Metric namespace is empty';
  const text = namespaceText(valuesOf(namespace));
  for (const { value, name } of namespace) {
    if (TUPLE.test(value)) return `A element ${value} should not define tuple for namespace ${text}.`;
    if (value === '*' && name === '') return `A dynamic element ${value} requires a name for namespace ${text}.`;
    if (value !== '*' && name !== '') {
      return `A static element ${value} should not define name ${name} for namespace ${text}.`;
    }
  }
  return namespace.at(-1)?.value === '*' ? `Metric namespace ${text} ends with an asterisk is not allowed` : undefined;
}
