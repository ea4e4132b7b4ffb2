import type { ApiTable } from '../engine/api-table.ts';
import { metricRoutes } from './metric-routes.ts';
import { malformedPath, methodNotAllowed, notFound, redirect } from './plain-answers.ts';
import { pluginConfigRoutes } from './plugin-config-routes.ts';
import { pluginListRoutes } from './plugin-list-routes.ts';
import { pluginLoadRoutes } from './plugin-load-routes.ts';
import { pluginRoutes } from './plugin-routes.ts';
import { snapDocs } from './route-docs.ts';
import { snapSchemas } from './schemas.ts';
import { taskRoutes } from './task-routes.ts';

/** The Snap REST API v1 (seed 002, dossier 2.2); tribe is off, so its URLs are unknown paths. */
export const snapApi: ApiTable = {
  name: 'snap',
  title: 'Snap REST API',
  version: '1',
  description: 'Plugins, the metric catalog and tasks of the telemetry domain, as snapteld 2.0 documents them.',
  summary: '/v1/plugins, /v1/metrics, /v1/tasks',
  routes: [
    ...pluginListRoutes,
    ...pluginLoadRoutes,
    ...pluginRoutes,
    ...pluginConfigRoutes,
    ...metricRoutes,
    ...taskRoutes,
  ],
  docs: snapDocs,
  schemas: snapSchemas,
  ownPaths: /^\/+v1\/+(plugins|metrics|tasks)(\/|$)/i,
  redirects: { corrects: ['trailing-slash', 'letter-case', 'repeated-slashes'], answer: redirect },
  headAnswersGet: false,
  notFound: () => notFound,
  methodNotAllowed: () => methodNotAllowed,
  malformedPath,
};
