import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';
import { type ApiRequest, emptyBody } from './api-request.ts';
import type { ApiTable, PathCorrection } from './api-table.ts';
import { type PathMatch, PathTrie } from './path-trie.ts';
import { percentDecode, QueryString } from './query-string.ts';
import type { Route } from './route.ts';

/** What is to be done with a request. */
export type Decision =
  | { readonly kind: 'route'; readonly route: Route; readonly request: ApiRequest }
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The API does not know the path; somebody else may. */
  | { readonly kind: 'pass' };

const PASS: Decision = { kind: 'pass' };

/** Decides by a table who answers a request: a row, the API's 404, 405 or redirect, or nobody here. */
export class Dispatcher {
  readonly #table: ApiTable;
  readonly #exclusive: boolean;
  readonly #routes = new PathTrie<Route>();

  /** @throws Error when rows that share method and path leave requests unanswered: a defect of the table. */
  constructor(table: ApiTable, { exclusive }: { readonly exclusive: boolean }) {
    requireLastResorts(table.routes);
    this.#table = table;
    this.#exclusive = exclusive;
    for (const route of table.routes) this.#routes.add(route.path, route);
  }

  /** @param url the request target as the client wrote it */
  decide(incoming: IncomingMessage, url: string): Decision {
    const target = targetOf(url);
    const path = percentDecode(target.path);
    if (path === undefined) return this.#own(target.path) ? answer(this.#table.malformedPath) : PASS;
    const method = this.#table.headAnswersGet && incoming.method === 'HEAD' ? 'GET' : (incoming.method ?? 'GET');
    return this.#decide(method, { ...target, path }, incoming);
  }

  #decide(method: string, target: Target, incoming: IncomingMessage): Decision {
    const { versionPrefix, rest } = this.#splitVersion(target.path);
    const matches = this.#routes.find(rest);
    const offered = matches.filter(({ entry }) => entry.method === method);
    if (offered.length > 0)
      return choose(offered, { method, path: rest, query: target.query, versionPrefix }, incoming);
    const redirect = this.#redirect(method, rest, versionPrefix, target.query);
    if (redirect) return answer(redirect);
    if (matches.length > 0) {
      const allowed = [...new Set(matches.map(({ entry }) => entry.method))];
      return answer(this.#table.methodNotAllowed(method, allowed));
    }
    return this.#exclusive ? answer(this.#table.notFound(rest)) : PASS;
  }

  #own(path: string): boolean {
    return this.#exclusive || this.#table.ownPaths.test(path);
  }

  #splitVersion(path: string): { readonly versionPrefix: string; readonly rest: string } {
    const versionPrefix = this.#table.versionPrefix?.exec(path)?.[0] ?? '';
    return { versionPrefix, rest: path.slice(versionPrefix.length) };
  }

  #redirect(method: string, path: string, versionPrefix: string, query: string): Answer | undefined {
    const { redirects } = this.#table;
    if (!redirects || !this.#own(path)) return undefined;
    const corrected = this.#correct(path, redirects.corrects);
    if (corrected === path || !this.#routes.find(corrected).some(({ entry }) => entry.method === method))
      return undefined;
    const location = encodeURI(versionPrefix + corrected) + (query === '' ? '' : `?${query}`);
    return redirects.answer(method, location);
  }

  #correct(path: string, corrections: readonly PathCorrection[]): string {
    let corrected = path;
    if (corrections.includes('repeated-slashes')) corrected = corrected.replace(/\/{2,}/g, '/');
    if (corrections.includes('trailing-slash') && corrected.length > 1) corrected = corrected.replace(/\/$/, '');
    if (corrections.includes('letter-case')) corrected = this.#routes.correctCase(corrected) ?? corrected;
    return corrected;
  }
}

interface Target {
  /** Decoded in {@link Dispatcher.decide}. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
}

const ABSOLUTE_FORM = /^https?:\/\/[^/?]*/i;

function targetOf(url: string): Target {
  const target = url.startsWith('/') ? url : url.replace(ABSOLUTE_FORM, '');
  const mark = target.indexOf('?');
  return mark < 0 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

const answer = (given: Answer): Decision => ({ kind: 'answer', answer: given });

function choose(
  offered: readonly PathMatch<Route>[],
  { query, ...facts }: Pick<ApiRequest, 'method' | 'path' | 'versionPrefix'> & { readonly query: string },
  incoming: IncomingMessage,
): Decision {
  const shared = {
    ...facts,
    query: new QueryString(query),
    headers: incoming.headers,
    origin: originOf(incoming),
    body: emptyBody,
  };
  for (const { entry, params } of offered) {
    const request = { ...shared, params };
    if (!entry.when || entry.when(request)) return { kind: 'route', route: entry, request };
  }
  return PASS;
}

function originOf({ headers, socket }: IncomingMessage): string {
  const scheme = 'encrypted' in socket ? 'https' : 'http';
  return `${scheme}://${headers.host ?? ''}`;
}

function requireLastResorts(routes: readonly Route[]): void {
  const lastRows = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  for (const [key, route] of lastRows) {
    if (route.when) throw new Error(`The last row of '${key}' must take every request: it has a condition.`);
  }
}
