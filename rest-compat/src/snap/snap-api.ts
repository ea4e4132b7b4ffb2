import type { ApiTable } from '../engine/api-table.ts';
import { malformedPath, methodNotAllowed, notFound, redirect } from './plain-answers.ts';
import { pluginListRoutes } from './plugin-list-routes.ts';
import { snapDocs } from './route-docs.ts';

/** The Snap REST API v1 (seed 002, dossier 2.2); tribe is off, so its URLs are unknown paths. */
export const snapApi: ApiTable = {
  name: 'snap',
  title: 'Snap REST API',
  version: '1',
  description: 'Plugins, the metric catalog and tasks of the telemetry domain, as snapteld 2.0 documents them.',
  summary: '/v1/plugins, /v1/metrics, /v1/tasks',
  routes: [...pluginListRoutes],
  docs: snapDocs,
  ownPaths: /^\/+v1\/+(plugins|metrics|tasks)(\/|$)/i,
  redirects: { corrects: ['trailing-slash', 'letter-case', 'repeated-slashes'], answer: redirect },
  headAnswersGet: false,
  notFound: () => notFound,
  methodNotAllowed: () => methodNotAllowed,
  malformedPath,
};
