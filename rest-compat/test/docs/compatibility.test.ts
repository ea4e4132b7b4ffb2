import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { compatibilityPage, servedEndpoints } from '../../src/docs/compatibility.ts';
import { readEndpoints } from '../../src/docs/endpoints.ts';
import { type Proof, proofs } from '../../src/docs/proofs.ts';
import { PathTrie } from '../../src/engine/path-trie.ts';
import type { Route } from '../../src/engine/route.ts';
import { apiTables } from '../../src/index.ts';
import { leftOut } from '../golden/left-out.ts';
import { goldenRecords, recordId } from '../golden/records.ts';

const served = servedEndpoints(readEndpoints(), apiTables, proofs);

test('docs/compatibility.md is what the tables say: npm run docs -w @pentagraph/rest-compat', () => {
  const page = readFileSync(new URL('../../../docs/compatibility.md', import.meta.url), 'utf8');
  expect(page).toBe(compatibilityPage(served, apiTables));
});

test('the contracts document 163 endpoints', () => {
  expect(served).toHaveLength(163);
});

test('every snap endpoint is served, tribe aside', () => {
  const missing = served.filter(({ endpoint, rows }) => endpoint.domain === 'snap' && rows.length === 0);
  expect(missing.map(({ endpoint }) => endpoint.path).every((path) => path.startsWith('/v1/tribe/'))).toBe(true);
  expect(missing).toHaveLength(8);
});

test('proofs are about documented endpoints', () => {
  const known = new Set(served.map(({ endpoint }) => `${endpoint.domain} ${endpoint.id}`));
  const proved = Object.entries(proofs).flatMap(([domain, table]) => Object.keys(table).map((id) => `${domain} ${id}`));
  expect(proved.filter((endpoint) => !known.has(endpoint))).toEqual([]);
});

describe('every served endpoint is proved', () => {
  test.each(served.filter(({ rows }) => rows.length > 0).map((one) => [one.endpoint.id, one] as const))(
    '%s',
    (_id, { rows, proofs: given }) => {
      expect(given.length).toBeGreaterThan(0);
      for (const proof of given) expect(problemOf(proof, rows)).toBeUndefined();
    },
  );
});

/** What is wrong with a proof; undefined when it proves one of the rows. */
function problemOf(proof: Proof, rows: readonly Route[]): string | undefined {
  if ('golden' in proof) return goldenProblem(proof.golden, rows);
  const source = readFileSync(new URL(`../../${proof.file}`, import.meta.url), 'utf8');
  return source.includes(proof.title) ? undefined : `${proof.file} has no test '${proof.title}'`;
}

function goldenProblem(id: string, rows: readonly Route[]): string | undefined {
  const record = goldenRecords.find((candidate) => recordId(candidate) === id);
  if (!record) return `no record '${id}'`;
  if (leftOut[id]) return `'${id}' is not replayed: ${leftOut[id]}`;
  const [method = '', target = ''] =
    'request' in record ? [record.request.method, record.request.path] : record.request_raw.split(' ');
  const trie = new PathTrie<Route>();
  for (const row of rows) trie.add(row.path, row);
  const fits = trie.find(target.replace(/\?.*$/, '')).some(({ entry }) => entry.method === method);
  return fits ? undefined : `'${id}' is ${method} ${target}, which none of the rows answers`;
}
