import { DomainError } from './domain-error.ts';

/** A page of a list, as every list of the graph answers it. */
export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly nodes: readonly Node[];
  readonly pageInfo: PageInfo;
  /** How many there are in all pages together. */
  readonly totalCount: number;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  readonly startCursor: string | null;
  readonly endCursor: string | null;
}

export interface PageArguments {
  /** Page size; null or absent: everything. */
  readonly first?: number | null;
  /** The cursor after which the page begins. */
  readonly after?: string | null;
}

/**
 * Cuts one page out of a list that is sorted and complete in memory. A cursor names a node, not a position, so that a
 * page boundary stays put while the list changes.
 * @param keyOf a node's unique, stable key
 * @throws DomainError `BAD_USER_INPUT` for a negative `first` or a cursor that names no node of the list.
 */
export function connectionOf<Node>(
  list: readonly Node[],
  keyOf: (node: Node) => string,
  { first, after }: PageArguments,
): Connection<Node> {
  if (first != null && first < 0) throw badPage(`'first' must not be negative, it is ${first}.`);
  const start = after == null ? 0 : indexAfter(list, keyOf, after);
  const end = first == null ? list.length : Math.min(list.length, start + first);
  const nodes = list.slice(start, end);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
  return {
    edges,
    nodes,
    totalCount: list.length,
    pageInfo: {
      hasNextPage: end < list.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function indexAfter<Node>(list: readonly Node[], keyOf: (node: Node) => string, after: string): number {
  const key = Buffer.from(after, 'base64url').toString('utf8');
  const index = list.findIndex((node) => keyOf(node) === key);
  if (index < 0) throw badPage(`'after' is not a cursor of this list (any more): ${after}`);
  return index + 1;
}

const encodeCursor = (key: string): string => Buffer.from(key, 'utf8').toString('base64url');

const badPage = (message: string) => new DomainError('BAD_USER_INPUT', message, { domain: 'graph', httpStatus: 400 });
