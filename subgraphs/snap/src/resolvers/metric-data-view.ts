import { encodeGoJson, shortestFloat32 } from '@pentagraph/kit/go-json';
import type { SnapDataType } from '../generated/resolver-types.ts';
import type { MetricData } from '../metrics/metric.ts';

const dataTypes: Readonly<Record<MetricData['kind'], SnapDataType>> = {
  int: 'INTEGER',
  int32: 'INTEGER',
  int64: 'INTEGER',
  uint32: 'INTEGER',
  uint64: 'INTEGER',
  float32: 'FLOAT',
  float64: 'FLOAT',
  string: 'STRING',
  bool: 'BOOL',
  bytes: 'BYTES',
  null: 'NULL',
};

export const dataTypeName = ({ kind }: MetricData): SnapDataType => dataTypes[kind];

/** A measured value as JSON has it: bytes in base64, null for what no JSON number can say. */
export function dataView(data: MetricData): bigint | number | string | boolean | null {
  switch (data.kind) {
    case 'null':
      return null;
    case 'bytes':
      return Buffer.from(data.value).toString('base64');
    case 'float32':
      return Number.isFinite(data.value) ? shortestFloat32(data.value) : null;
    case 'float64':
      return Number.isFinite(data.value) ? data.value : null;
    default:
      return data.value;
  }
}

/** A measured value as JSON text with every digit. */
export const dataJson = (data: MetricData): string => encodeGoJson(dataView(data), { escapeHtml: false });
