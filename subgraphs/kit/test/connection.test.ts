import { connectionOf } from '@pentagraph/kit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const letters = [...'abcde'].map((id) => ({ id }));
const page = (first?: number | null, after?: string | null, list = letters) =>
  connectionOf(list, ({ id }) => id, { first: first ?? null, after: after ?? null });
const ids = ({ nodes }: { nodes: readonly { id: string }[] }) => nodes.map(({ id }) => id).join('');

describe('connectionOf', () => {
  it('is the whole list when nothing is asked for', () => {
    const connection = connectionOf(letters, ({ id }) => id, {});
    expect(ids(connection)).toBe('abcde');
    expect(connection.totalCount).toBe(5);
    expect(connection.edges.map(({ node }) => node)).toEqual(letters);
    expect(connection.pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: connection.edges[0]?.cursor,
      endCursor: connection.edges[4]?.cursor,
    });
  });

  it.each([
    [2, null, 'ab', { hasNextPage: true, hasPreviousPage: false }],
    [2, 'b', 'cd', { hasNextPage: true, hasPreviousPage: true }],
    [2, 'd', 'e', { hasNextPage: false, hasPreviousPage: true }],
    [null, 'e', '', { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null }],
    [0, null, '', { hasNextPage: true, hasPreviousPage: false, startCursor: null }],
    [99, 'a', 'bcde', { hasNextPage: false, hasPreviousPage: true }],
  ])('first %s after %s is %j', (first, after, expected, pageInfo) => {
    const cursor = after && page().edges.find(({ node }) => node.id === after)?.cursor;
    const connection = page(first, cursor);
    expect(ids(connection)).toBe(expected);
    expect(connection.totalCount).toBe(5);
    expect(connection.pageInfo).toMatchObject(pageInfo);
  });

  it('is empty for an empty list', () => {
    expect(page(10, null, [])).toMatchObject({ edges: [], totalCount: 0, pageInfo: { hasNextPage: false } });
  });

  it('goes on after the same node when the list has changed before it', () => {
    const { endCursor } = page(2).pageInfo;
    expect(ids(page(2, endCursor, [{ id: 'new' }, ...letters.slice(1)]))).toBe('cd');
  });

  it.each([
    [-1, null, "'first' must not be negative, it is -1."],
    [1, 'bm9uc3VjaA', "'after' is not a cursor of this list (any more): bm9uc3VjaA"],
    [1, '', "'after' is not a cursor of this list (any more): "],
    [1, '!?', "'after' is not a cursor of this list (any more): !?"],
  ])('refuses first %s after %j', (first, after, message) => {
    expect(() => page(first, after)).toThrow(
      expect.objectContaining({
        message,
        extensions: expect.objectContaining({ code: 'BAD_USER_INPUT', httpStatus: 400 }),
      }),
    );
  });

  it('gives every node exactly once when one pages through, whatever the keys and the page size', () => {
    const wellFormed = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(fc.uniqueArray(wellFormed), fc.integer({ min: 1, max: 7 }), (keys, size) => {
        const list = keys.map((id) => ({ id }));
        const seen: string[] = [];
        for (let after: string | null = null; ; ) {
          const connection = page(size, after, list);
          seen.push(...connection.nodes.map(({ id }) => id));
          if (!connection.pageInfo.hasNextPage) break;
          after = connection.pageInfo.endCursor;
        }
        expect(seen).toEqual(keys);
      }),
    );
  });
});
