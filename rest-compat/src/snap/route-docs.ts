import type { RouteDocs } from '../engine/route-docs.ts';

const list = (summary: string): RouteDocs => ({
  summary,
  tag: 'plugins',
  responses: { 200: { mediaType: 'text/plain', schema: { type: 'object' } } },
});

export const snapDocs: Readonly<Record<string, RouteDocs>> = {
  'GET /v1/plugins': list('Loaded plugins'),
  'GET /v1/plugins/:type': list('Loaded plugins of a type'),
  'GET /v1/plugins/:type/:name': list('Loaded plugins of a type and name'),
};
