import type { MutationResolvers } from '../../generated/resolver-types.ts';

export const createSnapTaskFromManifest: MutationResolvers['createSnapTaskFromManifest'] = (
  _,
  { manifest },
  { snap, viewer },
) => snap.tasks.createFromText(viewer, manifest);
