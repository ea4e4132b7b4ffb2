import type { SnapMetricValueResolvers } from '../generated/resolver-types.ts';
import { namespaceText, valuesOf } from '../metrics/namespace.ts';
import { formatRfc3339 } from '../metrics/rfc3339.ts';
import { dataJson, dataTypeName, dataView } from './metric-data-view.ts';

export const SnapMetricValue: SnapMetricValueResolvers = {
  namespace: ({ namespace }) => namespaceText(valuesOf(namespace)),
  dataType: ({ data }) => dataTypeName(data),
  data({ data }) {
    const value = dataView(data);
    return typeof value === 'bigint' ? Number(value) : value;
  },
  dataJson: ({ data }) => dataJson(data),
  time: ({ timestamp }) => new Date(Number(timestamp.unixNanos / 1_000_000n)),
  timestamp: ({ timestamp }) => formatRfc3339(timestamp),
  tags: ({ tags }) => tags && sortedByKey(tags),
};

const sortedByKey = (tags: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1)));
