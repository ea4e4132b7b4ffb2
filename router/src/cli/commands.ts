import type { Command } from './command.ts';
import { serving } from './serving-command.ts';

/** Keys of a process that serves a graph and holds no data. */
const gatewayKeys = new Set(['host', 'port', 'insecure', 'logLevel', 'logFormat', 'shutdownGraceMs']);
const isLimit = (path: string): boolean => path.startsWith('limits.');
const isListener = (path: string): boolean => path.startsWith('listen.');

/** All commands. Each loads its code when it runs, so that help is there at once. */
export const commandsFor = (domainNames: readonly string[]): readonly Command[] => [
  {
    name: 'serve',
    summary: 'everything in one process: all domains, the graph, the playground, the REST APIs',
    about:
      'Serves the graph at /graphql (queries, mutations, and subscriptions over WebSocket), a playground at /, every REST API at its documented URLs, ' +
      '/healthz, /readyz and /metrics. The banner says what is served where. Ctrl-C stops gracefully: what is in flight is finished, ' +
      'nothing that was acknowledged is lost, and what ran resumes at the next start.',
    options: [],
    examples: [
      { command: 'pentagraph serve', meaning: 'on http://127.0.0.1:4000, data in ./.pentagraph' },
      { command: 'pentagraph serve --port 4001 --data-dir /var/lib/pentagraph', meaning: 'elsewhere' },
      {
        command: 'pentagraph serve --listen.snap 127.0.0.1:8181',
        meaning: 'with the Snap API at its native address too',
      },
    ],
    heeds: () => true,
    run: serving(
      () => 'Pentagraph',
      async () => (await import('./commands/serve.ts')).serve,
    ),
  },
  {
    name: 'router',
    summary: 'a gateway for any supergraph, whose subgraphs run elsewhere',
    about:
      'Serves the graph of a supergraph file: plans each operation and fetches from the subgraphs at the routing URLs that the file names, ' +
      'over HTTP and, for subscriptions, over WebSocket (graphql-ws). It holds no data.',
    options: [
      {
        name: 'supergraph',
        value: 'file',
        required: true,
        description: 'The supergraph schema, as `pentagraph compose` prints it.',
      },
    ],
    examples: [
      {
        command: 'pentagraph compose --url snap=http://10.0.0.5:4001/graphql > supergraph.graphql',
        meaning: 'writes the supergraph',
      },
      { command: 'pentagraph router --supergraph supergraph.graphql', meaning: 'serves it' },
    ],
    heeds: (path) => gatewayKeys.has(path) || isLimit(path),
    run: serving(
      () => 'Pentagraph router',
      async () => (await import('./commands/router.ts')).router,
    ),
  },
  {
    name: 'subgraph',
    summary: 'one domain as a subgraph of its own, for a router elsewhere',
    about:
      'Serves a single domain as a federated subgraph at /graphql: HTTP for queries and mutations, WebSocket (graphql-ws) for subscriptions, ' +
      'with /healthz, /readyz and /metrics.',
    operand: { name: 'domain', words: domainNames },
    options: [],
    examples: [
      { command: 'pentagraph subgraph snap --port 4001', meaning: 'the snap domain on http://127.0.0.1:4001/graphql' },
    ],
    heeds: (path) => !isListener(path),
    run: serving(
      (domain) => `Pentagraph subgraph ${domain}`,
      async () => (await import('./commands/subgraph.ts')).subgraph,
    ),
  },
  {
    name: 'compose',
    summary: 'prints the supergraph of the domains',
    about: 'Composes the schemas of all domains and prints the supergraph to standard output. Nothing is started.',
    options: [
      {
        name: 'url',
        value: 'domain=url',
        description: 'Where a router reaches a domain; once for each. Domains without one get no routing URL.',
      },
    ],
    examples: [
      { command: 'pentagraph compose', meaning: 'for reading and for schema checks' },
      {
        command: 'pentagraph compose --url snap=http://127.0.0.1:4001/graphql > supergraph.graphql',
        meaning: 'for a router',
      },
    ],
    heeds: () => false,
    run: async (invocation) => (await import('./commands/compose.ts')).compose(invocation),
  },
  {
    name: 'config',
    summary: 'prints the configuration in effect, and where each value comes from',
    about:
      'Reads and checks flags, environment and file as serve does, and prints the outcome as a configuration file. Passwords are hidden.',
    options: [{ name: 'reference', description: 'Prints docs/configuration.md instead: every key with its meaning.' }],
    examples: [
      {
        command: 'PENTAGRAPH_PORT=4001 pentagraph config',
        meaning: 'shows, among others: port: 4001 # environment variable PENTAGRAPH_PORT',
      },
    ],
    heeds: () => true,
    run: async (invocation) => (await import('./commands/config.ts')).config(invocation),
  },
];
