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
  const contracts = contractsOf(served);
  return `${[INTRODUCTION, summary(contracts), ...contracts.map(section), beyond(served, tables)].join('\n\n')}\n`;
}

/** The endpoints of one document. */
interface Contract {
  readonly domain: string;
  readonly served: readonly ServedEndpoint[];
  readonly missing: readonly ServedEndpoint[];
}

/** What is served stands before what is not. */
function contractsOf(endpoints: readonly ServedEndpoint[]): readonly Contract[] {
  const domains = [...new Set(endpoints.map(({ endpoint }) => endpoint.domain))];
  return domains
    .map((domain): Contract => {
      const own = endpoints.filter(({ endpoint }) => endpoint.domain === domain);
      return {
        domain,
        served: own.filter(({ rows }) => rows.length > 0),
        missing: own.filter(({ rows }) => rows.length === 0),
      };
    })
    .sort((one, other) => other.served.length - one.served.length);
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

function summary(contracts: readonly Contract[]): string {
  const lines = contracts.map(({ domain, served, missing }) =>
    tableRow([`[${domain}](#${domain})`, String(served.length + missing.length), String(served.length)]),
  );
  return [tableRow(['API', 'Documented', 'Served']), tableRow(['---', '---', '---']), ...lines].join('\n');
}

function section({ domain, served, missing }: Contract): string {
  const parts = [`## ${domain}`, ...(served.length > 0 ? [servedTable(served)] : [])];
  return [...parts, ...(missing.length > 0 ? [missingList(missing)] : [])].join('\n\n');
}

function servedTable(served: readonly ServedEndpoint[]): string {
  const lines = served.map(({ endpoint, rows, proofs }) =>
    tableRow([endpointText(endpoint), operationCell(rows), proofs.map(proofText).join('; ')]),
  );
  return [tableRow(['Endpoint', 'Operation', 'Proved by']), tableRow(['---', '---', '---']), ...lines].join('\n');
}

const missingList = (missing: readonly ServedEndpoint[]): string =>
  ['Not served yet:', '', ...missing.map(({ endpoint }) => `- ${endpointText(endpoint)}`)].join('\n');

const endpointText = ({ method, path }: Endpoint): string => `\`${method} ${path}\``;

const proofText = (proof: Proof): string =>
  'golden' in proof ? `golden ${proof.golden}` : `\`${proof.file}\`: ${proof.title}`;

const tableRow = (texts: readonly string[]): string =>
  `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
