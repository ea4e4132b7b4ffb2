import { type PatternSegment, parsePattern } from './path-pattern.ts';

interface TrieNode<Entry> {
  readonly statics: Map<string, TrieNode<Entry>>;
  param?: TrieNode<Entry>;
  /** Entries whose pattern ends here. */
  readonly ends: PatternEnd<Entry>[];
  /** Entries whose pattern ends here with `*name`. */
  readonly rests: PatternEnd<Entry>[];
}

interface PatternEnd<Entry> {
  readonly entry: Entry;
  readonly names: readonly string[];
}

/** An entry that a path fits, and what its parameters stand for there. */
export interface PathMatch<Entry> {
  readonly entry: Entry;
  readonly params: Readonly<Record<string, string>>;
}

/** Finds what stands under a path. Of several patterns a static segment wins over a parameter, that over a rest. */
export class PathTrie<Entry> {
  readonly #root: TrieNode<Entry> = newNode();

  add(pattern: string, entry: Entry): void {
    let node = this.#root;
    const names: string[] = [];
    for (const segment of parsePattern(pattern)) {
      if (segment.kind !== 'static') names.push(segment.name);
      if (segment.kind === 'rest') {
        node.rests.push({ entry, names });
        return;
      }
      node = childFor(node, segment);
    }
    node.ends.push({ entry, names });
  }

  /** All entries of the best fitting pattern, in the order they were added; empty when none fits. */
  find(path: string): readonly PathMatch<Entry>[] {
    return lookUp(this.#root, path.slice(1).split('/'), 0, []);
  }

  /** The path as a pattern writes its fixed segments, letter case ignored; undefined when no pattern fits even so. */
  correctCase(path: string): string | undefined {
    const corrected = lookUpIgnoringCase(this.#root, path.slice(1).split('/'), 0);
    return corrected && `/${corrected.join('/')}`;
  }
}

const newNode = <Entry>(): TrieNode<Entry> => ({ statics: new Map(), ends: [], rests: [] });

function childFor<Entry>(node: TrieNode<Entry>, segment: PatternSegment): TrieNode<Entry> {
  if (segment.kind !== 'static') {
    node.param ??= newNode();
    return node.param;
  }
  let child = node.statics.get(segment.text);
  if (!child) {
    child = newNode();
    node.statics.set(segment.text, child);
  }
  return child;
}

function lookUp<Entry>(
  node: TrieNode<Entry>,
  segments: readonly string[],
  at: number,
  values: readonly string[],
): readonly PathMatch<Entry>[] {
  const segment = segments[at];
  if (segment === undefined) return matches(node.ends, values);
  const fixed = node.statics.get(segment);
  const byStatic = fixed ? lookUp(fixed, segments, at + 1, values) : [];
  if (byStatic.length > 0) return byStatic;
  const byParam = node.param && segment !== '' ? lookUp(node.param, segments, at + 1, [...values, segment]) : [];
  if (byParam.length > 0) return byParam;
  return matches(node.rests, [...values, `/${segments.slice(at).join('/')}`]);
}

const matches = <Entry>(ends: readonly PatternEnd<Entry>[], values: readonly string[]): readonly PathMatch<Entry>[] =>
  ends.map(({ entry, names }) => ({
    entry,
    params: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
  }));

function lookUpIgnoringCase<Entry>(
  node: TrieNode<Entry>,
  segments: readonly string[],
  at: number,
): readonly string[] | undefined {
  const segment = segments[at];
  if (segment === undefined) return node.ends.length > 0 ? [] : undefined;
  for (const [text, child] of node.statics) {
    if (text.toLowerCase() !== segment.toLowerCase()) continue;
    const tail = lookUpIgnoringCase(child, segments, at + 1);
    if (tail) return [text, ...tail];
  }
  const tail = node.param && segment !== '' ? lookUpIgnoringCase(node.param, segments, at + 1) : undefined;
  if (tail) return [segment, ...tail];
  return node.rests.length > 0 ? segments.slice(at) : undefined;
}
