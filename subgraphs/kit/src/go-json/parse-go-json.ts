import type { GoJsonError } from './go-json-error.ts';
import type { GoJsonObject, GoJsonValue } from './go-json-value.ts';
import { readScalar, readString, wellFormed } from './read-scalar.ts';
import { TextScanner } from './text-scanner.ts';

/** How deep Go lets arrays and objects nest. */
const MAX_DEPTH = 10_000;

/** An array or object of which more members may come. */
interface OpenComposite {
  readonly value: GoJsonValue;
  readonly closedBy: string;
  /** What Go says of a character that neither continues nor closes it. */
  readonly misplaced: string;
  add(member: GoJsonValue): void;
  /** Reads up to where the next member's value begins. */
  beginMember(scanner: TextScanner): void;
}

/**
 * Reads one JSON document as Go's `json.Unmarshal` does, without losing digits. Of duplicate keys the last wins; what is
 * no valid Unicode becomes U+FFFD. Deep nesting costs memory, never stack.
 * @throws GoJsonError with Go's text.
 */
export function parseGoJson(text: string): GoJsonValue {
  const scanner = new TextScanner(wellFormed(text));
  const document = readDocument(scanner);
  scanner.skipSpace();
  if (!scanner.atEnd) throw scanner.misplaced('after top-level value');
  if (scanner.outOfRange) throw scanner.outOfRange;
  return document;
}

function readDocument(scanner: TextScanner): GoJsonValue {
  const open: OpenComposite[] = [];
  for (;;) {
    scanner.skipSpace();
    const composite = beginComposite(scanner, open.length);
    if (composite && !takeClosing(scanner, composite)) {
      composite.beginMember(scanner);
      open.push(composite);
      continue;
    }
    let finished = composite ? composite.value : readScalar(scanner);
    for (;;) {
      const parent = open.at(-1);
      if (!parent) return finished;
      parent.add(finished);
      if (!takeClosing(scanner, parent)) {
        if (!scanner.take(',')) throw scanner.unexpected(parent.misplaced);
        parent.beginMember(scanner);
        break;
      }
      finished = parent.value;
      open.pop();
    }
  }
}

function takeClosing(scanner: TextScanner, { closedBy }: OpenComposite): boolean {
  scanner.skipSpace();
  return scanner.take(closedBy);
}

function beginComposite(scanner: TextScanner, depth: number): OpenComposite | undefined {
  const begin = scanner.current === '{' ? openObject : scanner.current === '[' ? openArray : undefined;
  if (!begin) return undefined;
  if (depth >= MAX_DEPTH) throw tooDeep(scanner);
  scanner.take(scanner.current);
  return begin();
}

const tooDeep = (scanner: TextScanner): GoJsonError => scanner.misplaced('exceeded max depth');

function openArray(): OpenComposite {
  const value: GoJsonValue[] = [];
  return {
    value,
    closedBy: ']',
    misplaced: 'after array element',
    add: (member) => value.push(member),
    beginMember: () => {},
  };
}

function openObject(): OpenComposite {
  const value: GoJsonObject = new Map();
  let key = '';
  return {
    value,
    closedBy: '}',
    misplaced: 'after object key:value pair',
    add: (member) => value.set(key, member),
    beginMember: (scanner) => {
      key = readKey(scanner);
    },
  };
}

function readKey(scanner: TextScanner): string {
  scanner.skipSpace();
  if (scanner.current !== '"') throw scanner.unexpected('looking for beginning of object key string');
  const key = readString(scanner);
  scanner.skipSpace();
  if (!scanner.take(':')) throw scanner.unexpected('after object key');
  return key;
}
