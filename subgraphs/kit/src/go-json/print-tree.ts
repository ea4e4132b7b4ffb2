/** An array or object on its way to text: `open` label item `separator` label item ... `close`. */
export interface Composite<Value> {
  readonly open: string;
  readonly close: string;
  readonly separator: string;
  readonly items: readonly Value[];
  /** What stands before each item, e.g. its key; none for arrays. */
  readonly labels?: readonly string[];
}

interface Frame<Value> {
  readonly composite: Composite<Value>;
  next: number;
}

/**
 * Prints a tree of values without recursion, so that no nesting a client may send exhausts the stack.
 * @param shape the text of a leaf, or the parts of a composite
 */
export function printTree<Value>(root: Value, shape: (value: Value) => string | Composite<Value>): string {
  const open: Frame<Value>[] = [];
  let text = '';
  let value = root;
  for (;;) {
    const shaped = shape(value);
    if (typeof shaped === 'string') {
      text += shaped;
    } else {
      text += shaped.open;
      open.push({ composite: shaped, next: 0 });
    }
    let frame = open.at(-1);
    while (frame && frame.next === frame.composite.items.length) {
      text += frame.composite.close;
      open.pop();
      frame = open.at(-1);
    }
    if (!frame) return text;
    const { composite, next } = frame;
    if (next > 0) text += composite.separator;
    text += composite.labels?.[next] ?? '';
    value = composite.items[next] as Value;
    frame.next = next + 1;
  }
}
