import type { ApiRequest } from '../engine/api-request.ts';
import { refuseRequest } from '../engine/failure.ts';
import { fixed } from '../engine/fixed-route.ts';
import { post } from '../engine/json-route.ts';
import { routes } from '../engine/route.ts';
import { upload } from '../engine/upload-route.ts';
import { LoadSnapPluginDocument, type LoadSnapPluginMutation } from '../generated/snap-operations.ts';
import { created, type SnapReply, snapEnvelope } from './envelope.ts';
import { readGoJson, textMember } from './go-request-json.ts';
import { loadedPlugin } from './plugin-body.ts';
import { pluginTypeName } from './plugin-types.ts';
import { admitPluginPart, pluginUpload, uploadFailure } from './plugin-upload.ts';

const mediaType = ({ headers }: Pick<ApiRequest, 'headers'>): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

function loaded({ loadSnapPlugin: plugin }: LoadSnapPluginMutation, { origin }: Pick<ApiRequest, 'origin'>): SnapReply {
  const title = `${plugin.name}(${pluginTypeName(plugin.type)} v${plugin.version})`;
  return created('plugins_loaded', `Plugins loaded: ${title}`, { loaded_plugins: [loadedPlugin(origin, plugin)] });
}

/** Loading a plugin: what comes is told by its content type (dossier 4.2). */
export const pluginLoadRoutes = routes(snapEnvelope, [
  upload('POST', '/v1/plugins', LoadSnapPluginDocument, {
    when: (request) => mediaType(request).startsWith('multipart/'),
    maxFiles: 5,
    maxFileBytes: 1024 ** 3,
    gunzip: ({ headers }) => headers['plugin-compression'] === 'gzip',
    admit: admitPluginPart,
    refused: uploadFailure,
    vars: (files) => ({ input: pluginUpload(files) }),
    ok: loaded,
  }),
  post('/v1/plugins', LoadSnapPluginDocument, {
    when: (request) => mediaType(request).endsWith('json'),
    vars: ({ body }) => ({ input: { uri: readGoJson(body.text, 500, pluginUri) } }),
    ok: loaded,
    // Here even a plugin that is loaded already is a 500 (dossier 4.2).
    failed: (failure) => (failure.code.startsWith('SNAP_PLUGIN_') ? { ...failure, status: 500 } : failure),
  }),
  fixed('POST', '/v1/plugins', {
    // The original answers 200 without a body here and does nothing; a refusal that says what to send is safe for its clients.
    ok: (request) => {
      if (mediaType(request) === '') throw refuseRequest(500, 'mime: no media type');
      throw refuseRequest(
        415,
        `Error: a plugin comes as multipart/form-data or application/json, not as ${mediaType(request)}`,
      );
    },
  }),
]);

const pluginUri = (document: Parameters<typeof textMember>[0]): string => {
  const uri = textMember(document, 'uri', 'struct { URI string }');
  if (uri === '') throw refuseRequest(500, 'open : no such file or directory');
  return uri;
};
