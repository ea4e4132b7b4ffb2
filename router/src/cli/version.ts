import { readFileSync } from 'node:fs';

/** The version of this package; all packages of the project have the same. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return (manifest as { readonly version: string }).version;
}
