import {
  encodeGoJson,
  formatGoValue,
  GoJsonError,
  type GoJsonValue,
  goJsonOf,
  parseGoJson,
  RawJson,
  unmarshalError,
} from '@pentagraph/kit/go-json';
import type { ConfigValue, ConfigValues } from '../metrics/metric.ts';
import { snapError } from '../snap-errors.ts';

/**
 * The configuration value a JSON value stands for: integral literals are bigint, other numbers are floats; undefined for
 * null, arrays and objects, which no plugin takes (dossier 4.8).
 */
function toConfigValue(value: GoJsonValue): ConfigValue | undefined {
  return value === null || typeof value === 'object' ? undefined : value;
}

/**
 * Reads a flat JSON object of strings, numbers and booleans, every digit kept.
 * @throws SNAP_CONFIG_INVALID with Go's text for text that is no JSON object, or the original's for a value of another kind
 */
export function configValuesFromJson(text: string): ConfigValues {
  const document = readDocument(text);
  if (document === null) return {};
  if (!(document instanceof Map)) throw invalid(unmarshalError(document, 'map[string]interface {}').message);
  return flatValues(document);
}

/**
 * Reads a flat object as GraphQL variables carry it: numbers without a fraction are integers.
 * @throws SNAP_CONFIG_INVALID for a value of another kind
 */
export function configValuesFromObject(values: Readonly<Record<string, unknown>>): ConfigValues {
  return flatValues(new Map(Object.entries(values).map(([key, value]) => [key, goJsonOf(value)])));
}

/** Values as a plain object or as JSON text; exactly one of them. */
export interface ConfigInput {
  readonly values?: Readonly<Record<string, unknown>> | null;
  readonly json?: string | null;
}

/** Reads values in whichever of the two forms they are given. @throws SNAP_CONFIG_INVALID also when it is none or both */
export function configValuesFromInput({ values, json }: ConfigInput): ConfigValues {
  if (values != null && json == null) return configValuesFromObject(values);
  if (json != null && values == null) return configValuesFromJson(json);
  throw invalid('Give exactly one of values and json.');
}

/** Compact JSON, keys sorted, as the REST API prints it: an integral float without its fraction (dossier 4.8). */
export const configValuesToJson = (values: ConfigValues): string =>
  encodeGoJson(new Map(Object.entries(values)), { escapeHtml: false });

/** Compact JSON that {@link configValuesFromJson} reads back with the same types: floats keep a fraction or exponent. */
export const configValuesToStorage = (values: ConfigValues): string =>
  encodeGoJson(new Map(Object.entries(values).map(([key, value]) => [key, withFraction(value)])), {
    escapeHtml: false,
  });

/** The values as plain JSON; integers beyond 2^53 lose digits. */
export const configValuesToObject = (values: ConfigValues): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === 'bigint' ? Number(value) : value]),
  );

function readDocument(text: string): GoJsonValue {
  try {
    return parseGoJson(text);
  } catch (error) {
    if (error instanceof GoJsonError) throw invalid(error.message);
    throw error;
  }
}

function flatValues(members: ReadonlyMap<string, GoJsonValue>): ConfigValues {
  return Object.fromEntries(
    [...members].map(([key, member]) => {
      const value = toConfigValue(member);
      if (value === undefined) {
        throw invalid(
          `Error Unmarshalling JSON ConfigDataNode. Key: ${key} Type: ${formatGoValue(member)} is unsupported.`,
        );
      }
      return [key, value];
    }),
  );
}

function withFraction(value: ConfigValue): ConfigValue | RawJson {
  if (typeof value !== 'number' || !Number.isInteger(value)) return value;
  const text = String(value);
  return new RawJson(text.includes('e') ? text : `${text}.0`);
}

const invalid = (message: string) => snapError('SNAP_CONFIG_INVALID', message);
