import { DomainError } from './domain-error.ts';

/** What a viewer may do in a domain; each level includes the ones before it. */
export const accessLevels = ['viewer', 'operator', 'admin'] as const;
export type AccessLevel = (typeof accessLevels)[number];

/** Who calls: the same shape whatever credential proved it. */
export interface Viewer {
  /** Stable identity, e.g. `local-operator` or a login name. */
  readonly id: string;
  /** How the identity was established: `loopback`, `basic`, `token`, ... */
  readonly via: string;
  /** The viewer's level per domain; `*` speaks for every domain not named. */
  readonly access: Readonly<Record<string, AccessLevel>>;
}

/** The viewer of a request that came over loopback without credentials: whoever runs the process. */
export const localOperator: Viewer = { id: 'local-operator', via: 'loopback', access: { '*': 'admin' } };

/** The viewer of a request that proved nothing and may do nothing. */
export const anonymous: Viewer = { id: 'anonymous', via: 'none', access: {} };

/**
 * Lets the viewer pass, or throws.
 * @throws DomainError `FORBIDDEN` (403) when the viewer's level in the domain is below `needed`.
 */
export function requireAccess(viewer: Viewer, domain: string, needed: AccessLevel): void {
  const held = viewer.access[domain] ?? viewer.access['*'];
  if (held && accessLevels.indexOf(held) >= accessLevels.indexOf(needed)) return;
  throw new DomainError('FORBIDDEN', `'${viewer.id}' needs the role ${domain}:${needed} for this.`, {
    domain,
    httpStatus: 403,
    details: { needed: `${domain}:${needed}`, held: held ? `${domain}:${held}` : null },
  });
}
