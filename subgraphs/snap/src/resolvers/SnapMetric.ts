import type { SnapMetricResolvers } from '../generated/resolver-types.ts';
import { isDynamic, isDynamicElement } from '../metrics/namespace.ts';
import { configRuleView } from './config-view.ts';

export const SnapMetric: SnapMetricResolvers = {
  __resolveReference: ({ namespace, version }, { snap, viewer }) =>
    snap.catalog.get(viewer, namespace, version) ?? null,
  namespace: ({ text }) => text,
  elements: ({ namespace }) => namespace,
  dynamic: ({ namespace }) => isDynamic(namespace),
  dynamicElements: ({ namespace }) =>
    namespace.flatMap((element, index) =>
      isDynamicElement(element) ? [{ index, name: element.name, description: element.description }] : [],
    ),
  lastAdvertisedTime: ({ advertisedAtMs }) => new Date(advertisedAtMs),
  policy: ({ policy }) => policy.map(configRuleView),
};
