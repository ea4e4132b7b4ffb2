import type { ApiTable } from '../engine/api-table.ts';
import { openApiPath, operationsOf, rowsByKey } from '../engine/openapi.ts';
import type { Route } from '../engine/route.ts';
import type { Endpoint } from './endpoints.ts';
import type { Proof } from './proofs.ts';

/** An endpoint of a contract and what serves it. */
export interface ServedEndpoint {
  readonly endpoint: Endpoint;
  /** Empty when nothing serves it yet. */
  readonly rows: readonly Route[];
  readonly proofs: readonly Proof[];
}

type ProofTable = Readonly<Record<string, Readonly<Record<string, readonly Proof[]>>>>;

/** Finds the rows and the proofs of each endpoint. */
export function servedEndpoints(
  endpoints: readonly Endpoint[],
  tables: readonly ApiTable[],
  proofs: ProofTable,
): readonly ServedEndpoint[] {
  const rows = new Map(tables.flatMap(rowsByEndpoint));
  return endpoints.map((endpoint) => ({
    endpoint,
    rows: rows.get(endpointKey(endpoint)) ?? [],
    proofs: proofs[endpoint.domain]?.[endpoint.id] ?? [],
  }));
}

const rowsByEndpoint = ({ name, routes }: ApiTable): readonly (readonly [string, readonly Route[]])[] =>
  [...rowsByKey(routes).values()].flatMap((rows) => {
    const [first] = rows;
    return first ? [[endpointKey({ domain: name, method: first.method, path: openApiPath(first.path) }), rows]] : [];
  });

/** Names of parameters differ between contract and row, and queries are no part of a path. */
const endpointKey = ({ domain, method, path }: Omit<Endpoint, 'id'>): string =>
  `${domain} ${method} ${path.replace(/\?.*$/, '').replace(/\{[^}]*\}/g, '{}')}`;

/** docs/compatibility.md: every documented URL, the operation that answers it, and the test that proves it. */
export function compatibilityPage(served: readonly ServedEndpoint[], tables: readonly ApiTable[]): string {
  const domains = [...new Set(served.map(({ endpoint }) => endpoint.domain))];
  const sections = domains.map((domain) =>
    section(
      domain,
      served.filter(({ endpoint }) => endpoint.domain === domain),
    ),
  );
  return `${[INTRODUCTION, summary(served), ...sections, beyond(served, tables)].join('\n\n')}\n`;
}

/** Rows that no contract names, but original clients use. */
function beyond(served: readonly ServedEndpoint[], tables: readonly ApiTable[]): string {
  const documented = new Set(served.flatMap(({ rows }) => rows));
  const groups = tables
    .flatMap(({ routes }) => [...rowsByKey(routes).values()])
    .filter((rows) => !rows.some((row) => documented.has(row)));
  const lines = groups.flatMap((rows) => {
    const [first] = rows;
    return first ? [tableRow([`\`${first.method} ${openApiPath(first.path)}\``, operationCell(rows)])] : [];
  });
  return [
    '## Beyond the documents',
    '',
    'Served because original clients use them, though no document names them.',
    '',
    tableRow(['Served', 'Operation']),
    tableRow(['---', '---']),
    ...lines,
  ].join('\n');
}

const operationCell = (rows: readonly Route[]): string =>
  operationsOf(rows)
    .map((operation) => `\`${operation}\``)
    .join(', ');

const INTRODUCTION = `# Compatibility

Every URL that the five API documents name, the operation of the graph that answers it, and the tests that prove it.
\`golden\` is a recorded answer of the original that is replayed (\`rest-compat/test/golden\`), byte for byte where clients need it.

This page is generated from the route tables and \`rest-compat/contract/endpoints.json\`: \`npm run docs -w @pentagraph/rest-compat\`.`;

const summary = (served: readonly ServedEndpoint[]): string =>
  `${served.filter(({ rows }) => rows.length > 0).length} of ${served.length} documented endpoints are served.`;

function section(domain: string, served: readonly ServedEndpoint[]): string {
  const count = served.filter(({ rows }) => rows.length > 0).length;
  const lines = served.map((one) => tableRow([`\`${one.endpoint.method} ${one.endpoint.path}\``, ...cells(one)]));
  return [
    `## ${domain}: ${count} of ${served.length}`,
    '',
    tableRow(['Documented', 'Served as', 'Operation', 'Proved by']),
    tableRow(['---', '---', '---', '---']),
    ...lines,
  ].join('\n');
}

function cells({ endpoint, rows, proofs }: ServedEndpoint): readonly string[] {
  const [first] = rows;
  if (!first) return [`not yet (${endpoint.domain})`, '', ''];
  return [`\`${first.method} ${openApiPath(first.path)}\``, operationCell(rows), proofs.map(proofText).join('; ')];
}

const proofText = (proof: Proof): string =>
  'golden' in proof ? `golden ${proof.golden}` : `\`${proof.file}\`: ${proof.title}`;

const tableRow = (texts: readonly string[]): string =>
  `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
