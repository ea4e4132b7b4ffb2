interface Node<Entry> {
  readonly children: Map<string, Node<Entry>>;
  /** In the order they were added. */
  readonly entries: Entry[];
}

const emptyNode = <Entry>(): Node<Entry> => ({ children: new Map(), entries: [] });

/** The entries at one place of the tree, in the order they were added. */
export type Place<Entry> = readonly Entry[];

/** Entries by namespace. `*` is an element like any other in what is stored; what it means in a question, each question says. */
export class NamespaceTree<Entry> {
  readonly #root = emptyNode<Entry>();

  add(path: readonly string[], entry: Entry): void {
    let node = this.#root;
    for (const value of path) {
      const next = node.children.get(value) ?? emptyNode<Entry>();
      node.children.set(value, next);
      node = next;
    }
    node.entries.push(entry);
  }

  remove(path: readonly string[], entry: Entry): void {
    removeBelow(this.#root, path, entry);
  }

  /** The entries literally at `path`. */
  at(path: readonly string[]): Place<Entry> {
    return this.#find(path)?.entries ?? [];
  }

  /** Every place with entries literally at or below `path`. */
  below(path: readonly string[]): readonly Place<Entry>[] {
    const node = this.#find(path);
    return node ? [...placesOf(node)] : [];
  }

  /**
   * Every place that `path` stands for: `*` is every child, any other value the child of that name and, where that leads
   * nowhere, the `*` child. With `deep`, a final `*` is everything below instead (dossier 4.7, task metrics).
   */
  match(path: readonly string[], { deep }: { readonly deep: boolean }): readonly Place<Entry>[] {
    return [...matches(this.#root, path, deep)];
  }

  #find(path: readonly string[]): Node<Entry> | undefined {
    let node: Node<Entry> | undefined = this.#root;
    for (const value of path) node = node?.children.get(value);
    return node;
  }
}

function* placesOf<Entry>(node: Node<Entry>): Generator<Place<Entry>> {
  if (node.entries.length > 0) yield node.entries;
  for (const child of node.children.values()) yield* placesOf(child);
}

function* matches<Entry>(node: Node<Entry>, path: readonly string[], deep: boolean): Generator<Place<Entry>> {
  const [value, ...rest] = path;
  if (value === undefined) {
    if (node.entries.length > 0) yield node.entries;
    return;
  }
  if (value === '*') {
    const descend = deep && rest.length === 0;
    for (const child of node.children.values()) yield* descend ? placesOf(child) : matches(child, rest, deep);
    return;
  }
  const literal = node.children.get(value);
  let found = false;
  for (const place of literal ? matches(literal, rest, deep) : []) {
    found = true;
    yield place;
  }
  const dynamic = node.children.get('*');
  if (!found && dynamic) yield* matches(dynamic, rest, deep);
}

/** Answers whether the node is empty afterwards, so that its parent can drop it. */
function removeBelow<Entry>(node: Node<Entry>, path: readonly string[], entry: Entry): boolean {
  const [value, ...rest] = path;
  if (value === undefined) {
    const index = node.entries.indexOf(entry);
    if (index >= 0) node.entries.splice(index, 1);
  } else {
    const child = node.children.get(value);
    if (child && removeBelow(child, rest, entry)) node.children.delete(value);
  }
  return node.entries.length === 0 && node.children.size === 0;
}
