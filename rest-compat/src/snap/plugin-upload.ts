import { type Failure, refuseRequest } from '../engine/failure.ts';
import type { UploadPart } from '../engine/stage-multipart.ts';
import type { StagedFile } from '../engine/staging.ts';
import type { UploadProblemKind } from '../engine/upload-problem.ts';
import type { LoadSnapPluginInput } from '../generated/snap-operations.ts';

/** What a part after the plugin may be, by its file name (dossier 4.2). */
const attachmentKinds = {
  signature: (fileName: string) => fileName.endsWith('.asc'),
  certificate: (fileName: string) => fileName.startsWith('crt.'),
  key: (fileName: string) => fileName.startsWith('key.'),
  authorities: (fileName: string) => fileName.startsWith('cacerts.'),
} as const;

/** Parts are told by position and file name; the names of the form's fields say nothing. @throws RequestRefused 500 */
export function admitPluginPart({ index, fileName }: UploadPart): void {
  if (index === 0) {
    if (!attachmentKinds.signature(fileName)) return;
    throw refuseRequest(500, 'Error: first file passed to load plugin api can not be signature file');
  }
  if (Object.values(attachmentKinds).some((fits) => fits(fileName))) return;
  throw refuseRequest(500, 'Error: unrecognized file was passed');
}

/** The files of an upload as the graph takes them. @throws RequestRefused 500 for half of a key pair. */
export function pluginUpload([plugin, ...attachments]: readonly StagedFile[]): LoadSnapPluginInput {
  const has = (fits: (fileName: string) => boolean) => attachments.some(({ fileName }) => fits(fileName));
  if (has(attachmentKinds.certificate) !== has(attachmentKinds.key)) {
    throw refuseRequest(500, 'Error: TLS setup incomplete - missing one of pair: certificate, key files');
  }
  return { upload: plugin?.id, attachments: attachments.map(({ id }) => id) };
}

const problemTexts: Readonly<Record<UploadProblemKind, string>> = {
  'no-boundary': 'multipart: boundary is empty',
  malformed: 'multipart: NextPart: EOF',
  'too-many-files': 'Error: More than five files passed to the load plugin API',
  'too-large': 'Error: the plugin is too large',
  'not-gzip': 'gzip: invalid header',
};

/** An upload that can't be taken, with the original's text. */
export const uploadFailure = (kind: UploadProblemKind): Failure => ({
  status: 500,
  code: 'SNAP_UPLOAD_REFUSED',
  message: problemTexts[kind],
  details: {},
});
