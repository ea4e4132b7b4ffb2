import { absentPlugins, twinNamespaces } from './worlds.ts';

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g;
const TIMES = /"(loaded|last_advertised|creation|last_hit|last_run)_timestamp": \d+/g;

/** Which of our ids stands for which recorded one; learned from the answers in which they first appear. */
export class KnownIds {
  readonly #ours = new Map<string, string>();

  /** Pairs ids that stand at the same places of a recorded and an actual text. */
  learn(recorded: string, actual: string): void {
    const theirs = recorded.match(UUID) ?? [];
    const ours = actual.match(UUID) ?? [];
    theirs.forEach((id, index) => {
      const own = ours[index];
      if (own && !this.#ours.has(id)) this.#ours.set(id, own);
    });
  }

  /** A recorded text with our ids in it. */
  translate(recorded: string): string {
    return recorded.replace(UUID, (id) => this.#ours.get(id) ?? id);
  }
}

/** A text without what differs from run to run: times. -1 for `never` stays. */
export const withoutTimes = (text: string): string => text.replace(TIMES, '"$1_timestamp": 0');

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type JsonObject = { [key: string]: Json };

/**
 * A v1 body whose lists are in an order to compare by: the original lists plugins and policies in the order of its hash
 * maps. What absent plugins brought is gone. Everything else, the order of keys included, stays.
 */
export function comparable(text: string): string {
  if (!text.startsWith('{')) return text;
  return JSON.stringify(sorted(JSON.parse(text) as Json), null, 2);
}

function sorted(value: Json): Json {
  if (Array.isArray(value)) return value.filter(isPresent).map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, UNORDERED.has(key) ? inOrder(sorted(member)) : sorted(member)]),
  );
}

const UNORDERED: ReadonlySet<string> = new Set(['policy', 'loaded_plugins', 'available_plugins']);

const inOrder = (list: Json): Json =>
  Array.isArray(list) ? list.toSorted((a, b) => compareText(orderKey(a), orderKey(b))) : list;

const orderKey = (item: Json): string => {
  const { type = '', name = '', version = '' } = item as JsonObject;
  return `${String(name)}:${String(type)}:${String(version)}`;
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function isPresent(item: Json): boolean {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) return true;
  if ('namespace' in item && 'last_advertised_timestamp' in item) return twinNamespaces.has(String(item.namespace));
  return !('href' in item && absentPlugins.has(String(item.name)));
}
