import type { ApiRequest } from '../engine/api-request.ts';
import { get } from '../engine/json-route.ts';
import { routes } from '../engine/route.ts';
import { SnapMetricDocument, SnapMetricsDocument, type SnapMetricsQuery } from '../generated/snap-operations.ts';
import { reply, type SnapReply, snapEnvelope } from './envelope.ts';
import { atoi, graphVersion } from './go-numbers.ts';
import { metricBody } from './metric-body.ts';

const listed = ({ snapMetrics }: SnapMetricsQuery, { origin }: Pick<ApiRequest, 'origin'>): SnapReply =>
  reply(
    'metrics_returned',
    'Metrics returned',
    snapMetrics.nodes.map((metric) => metricBody(origin, metric)),
  );

/** The `ver` of a query; undefined when it is absent or empty. @throws RequestRefused 400 with Go's text. */
function versionAsked({ query }: Pick<ApiRequest, 'query'>): number | undefined {
  const text = query.get('ver') ?? '';
  return text === '' ? undefined : graphVersion(atoi(text));
}

/** The namespace of a path without a slash at its end; undefined for all metrics. */
const namespaceOfPath = (path: string): string | undefined => path.replace(/\/$/, '') || undefined;

/** A path with a version and without `*` at its end means exactly one metric (dossier 4.7). */
const asksForOne = ({ params, query }: Pick<ApiRequest, 'params' | 'query'>): boolean =>
  Boolean(query.get('ver')) &&
  namespaceOfPath(params.namespace ?? '') !== undefined &&
  !params.namespace?.endsWith('/*');

export const metricRoutes = routes(snapEnvelope, [
  get('/v1/metrics', SnapMetricsDocument, {
    // Without `ns`, `ver` says nothing.
    vars: ({ query }) => {
      const namespace = query.get('ns');
      return namespace ? { namespace, version: versionAsked({ query }) } : {};
    },
    ok: listed,
  }),
  get('/v1/metrics/*namespace', SnapMetricDocument, {
    when: asksForOne,
    vars: ({ params, query }) => ({
      namespace: namespaceOfPath(params.namespace) ?? '/',
      version: versionAsked({ query }) ?? 0,
    }),
    ok: ({ snapMetric }, { origin }) =>
      reply('metric_returned', 'Metric returned', { Metric: snapMetric && metricBody(origin, snapMetric) }),
  }),
  get('/v1/metrics/*namespace', SnapMetricsDocument, {
    vars: ({ params, query }) => ({ namespace: namespaceOfPath(params.namespace), version: versionAsked({ query }) }),
    ok: listed,
  }),
]);
