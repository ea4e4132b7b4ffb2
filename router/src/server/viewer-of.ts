import { anonymous, localOperator, type Viewer } from '@pentagraph/kit';
import type { FastifyRequest } from 'fastify';

/** What of a request tells who calls. */
export type CallerFacts = Pick<FastifyRequest, 'headers'> & {
  readonly socket: { readonly remoteAddress?: string | undefined };
};

interface ViewerPolicy {
  /** Treat callers from other machines like callers of this one. */
  readonly insecure: boolean;
}

/**
 * Who calls. Until a credential says more, whoever reaches the server from this machine is its operator and everybody else is
 * nobody. A web page of another site is somebody else, though the browser that runs it is on this machine.
 */
export function viewerOf(request: CallerFacts, { insecure }: ViewerPolicy): Viewer {
  if (isForeignPage(request)) return anonymous;
  return insecure || isThisMachine(request.socket.remoteAddress) ? localOperator : anonymous;
}

/** Unix sockets have no address: the socket file's permissions decide who may connect. */
const isThisMachine = (address: string | undefined): boolean =>
  address === undefined || address === '' || address === '::1' || /^(::ffff:)?127\./.test(address);

/** Browsers name the site of the page that asks. A site that resolves to this machine only by a trick has another name in `host`. */
export function isForeignPage({ headers }: CallerFacts): boolean {
  const { origin, host = '' } = headers;
  const fetchSite = headers['sec-fetch-site'];
  if (origin === undefined && fetchSite === undefined) return false;
  if (fetchSite === 'cross-site' || fetchSite === 'same-site') return true;
  return origin !== undefined && hostOf(origin) !== host.toLowerCase();
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
