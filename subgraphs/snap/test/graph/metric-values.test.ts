import { describe, expect, it } from 'vitest';
import type { MetricData } from '../../src/metrics/metric.ts';
import { dataJson, dataTypeName, dataView } from '../../src/resolvers/metric-data-view.ts';

const cases: readonly (readonly [MetricData, type: string, json: string])[] = [
  [{ kind: 'int64', value: 9_223_372_036_854_775_807n }, 'INTEGER', '9223372036854775807'],
  [{ kind: 'uint64', value: 18_446_744_073_709_551_615n }, 'INTEGER', '18446744073709551615'],
  [{ kind: 'int', value: -1n }, 'INTEGER', '-1'],
  [{ kind: 'float64', value: 0.1 }, 'FLOAT', '0.1'],
  [{ kind: 'float64', value: 1e21 }, 'FLOAT', '1e+21'],
  [{ kind: 'float32', value: Math.fround(0.1) }, 'FLOAT', '0.1'],
  [{ kind: 'float32', value: Math.fround(16_777_217) }, 'FLOAT', '16777216'],
  [{ kind: 'float64', value: Number.NaN }, 'FLOAT', 'null'],
  [{ kind: 'float32', value: Number.POSITIVE_INFINITY }, 'FLOAT', 'null'],
  [{ kind: 'string', value: 'a "<b>"' }, 'STRING', '"a \\"<b>\\""'],
  [{ kind: 'bool', value: true }, 'BOOL', 'true'],
  [{ kind: 'bytes', value: new Uint8Array([0, 255]) }, 'BYTES', '"AP8="'],
  [{ kind: 'null' }, 'NULL', 'null'],
];

describe('a measured value', () => {
  it.each(cases)('%o is %s, as JSON %s (dossier 7.50)', (data, type, json) => {
    expect(dataTypeName(data)).toBe(type);
    expect(dataJson(data)).toBe(json);
  });

  it('is exact as a value too, as long as JSON numbers are', () => {
    expect(dataView({ kind: 'int64', value: 9_007_199_254_740_993n })).toBe(9_007_199_254_740_993n);
  });
});
