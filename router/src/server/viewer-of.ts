import { isIP } from 'node:net';
import { anonymous, localOperator, type Viewer } from '@pentagraph/kit';
import type { FastifyRequest } from 'fastify';
import { callerHeader } from '../graph/transports/caller-headers.ts';

/** What of a request tells who calls. */
export type CallerFacts = Pick<FastifyRequest, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};

export interface ViewerPolicy {
  /** Treat callers from other machines like callers of this one. */
  readonly insecure: boolean;
}

/**
 * Who calls. Until a credential says more, whoever reaches the server from this machine is its operator and everybody else is
 * nobody. A web page of another site is somebody else, though the browser that runs it is on this machine; and so is a caller of
 * whom a router says that it is nobody.
 */
export function viewerOf(request: CallerFacts, policy: ViewerPolicy): Viewer {
  if (isForeignPage(request, policy) || request.headers[callerHeader] === 'anonymous') return anonymous;
  return policy.insecure || isThisMachine(request.socket.remoteAddress) ? localOperator : anonymous;
}

/** Unix sockets have no address: the socket file's permissions decide who may connect. */
const isThisMachine = (address: string | undefined): boolean =>
  address === undefined || address === '' || address === '::1' || /^(::ffff:)?127\./.test(address);

/**
 * Whether a page of another site asks. Browsers say which site a page is from, and `host` has the name it was found under: a
 * site that lets its own name point to this machine has that name there, while people find their machine as `localhost` or by
 * its address. Under `insecure` the server may have any name.
 */
export function isForeignPage({ headers }: CallerFacts, { insecure }: ViewerPolicy): boolean {
  const { origin, host = '' } = headers;
  const site = headers['sec-fetch-site'];
  if (origin === undefined && site === undefined) return false;
  if (site === 'cross-site' || site === 'same-site') return true;
  const here = parsed(`http://${host}`);
  if (!here || (origin !== undefined && parsed(origin)?.host !== here.host)) return true;
  return !insecure && !isOwnName(here.hostname);
}

const parsed = (url: string): URL | undefined => (URL.canParse(url) ? new URL(url) : undefined);

const isOwnName = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || isIP(name.replace(/^\[|\]$/g, '')) !== 0;
