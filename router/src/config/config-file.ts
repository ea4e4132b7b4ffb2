import { readFileSync } from 'node:fs';
import { isAlias, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { type GivenValue, type Reading, unknownName } from './given-value.ts';
import type { Problem } from './problem.ts';
import type { Schema } from './schema.ts';

/** The file that is read from the working directory when none is named. */
export const defaultConfigFile = 'pentagraph.yaml';

/** Reads a configuration file. `required`: a missing file is a problem, not an empty one. */
export function readConfigFile(schema: Schema, file: string, required: boolean): Reading {
  try {
    return readConfigText(schema, readFileSync(file, 'utf8'), file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && !required) return { values: [], problems: [] };
    if (!code) throw error;
    return { values: [], problems: [{ subject: file, message: `the configuration file can't be read: ${message}.` }] };
  }
}

/** Reads the text of a configuration file; `file` is its name in messages. */
function readConfigText(schema: Schema, text: string, file: string): Reading {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const sourceAt = (offset: number) => ({ kind: 'file', file, line: lineCounter.linePos(offset).line }) as const;
  if (document.errors.length > 0) {
    const problems = document.errors.map(({ message, pos: [offset] }) => ({
      subject: file,
      message: `not valid YAML: ${message}`,
      source: sourceAt(offset),
    }));
    return { values: [], problems };
  }

  const sections = new Set(schema.sections.map(({ name }) => name));
  const values: GivenValue[] = [];
  const problems: Problem[] = [];
  const read = (node: Node | null, section: string): void => {
    if (node === null || (isScalar(node) && node.value === null)) return;
    if (!isMap<Node, Node | null>(node)) {
      const offset = node.range?.[0] ?? 0;
      const subject = section || file;
      problems.push({ subject, message: 'not a mapping of keys to values.', source: sourceAt(offset) });
      return;
    }
    for (const pair of node.items) readPair(pair, section);
  };
  const readPair = ({ key, value }: Pair<Node, Node | null>, section: string): void => {
    const name = String(isScalar(key) ? key.value : key);
    const path = section ? `${section}.${name}` : name;
    const source = sourceAt(key.range?.[0] ?? 0);
    if (schema.keys.has(path)) {
      const given: unknown = value?.toJS(document);
      // A key without a value is a key that somebody left to fill in: as if it were not there.
      if (given !== undefined && given !== null) values.push({ path, value: given, source });
    } else if (section === '' && name !== '' && sections.has(name)) {
      read(isAlias(value) ? (value.resolve(document) ?? null) : value, name);
    } else {
      problems.push(unknownName(path, source, [...schema.keys.keys()]));
    }
  };
  read(document.contents, '');
  return { values, problems };
}
