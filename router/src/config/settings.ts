import { flag, integer, oneOf, optionalSetting, type SettingTable, setting, text } from '@pentagraph/kit/settings';
import { hostName, listenAddress, postgresUrl, redisUrl } from './kinds.ts';

const MEBIBYTE = 2 ** 20;

/** Keys that stand at the top of the file. */
export const processSettings = {
  host: setting(hostName, {
    default: '127.0.0.1',
    description: 'Where the graph, the playground and all REST APIs are served. Beyond loopback it takes `insecure`.',
    example: '0.0.0.0',
  }),
  port: setting(integer(0, 65_535), {
    default: 4000,
    description: 'The TCP port of `host`; 0 lets the system choose one, the banner names it.',
    example: '4001',
  }),
  dataDir: setting(text, {
    default: './.pentagraph',
    description:
      'The directory of everything that is kept: databases, plugin files, staged uploads. One process at a time.',
    example: '/var/lib/pentagraph',
  }),
  databaseUrl: optionalSetting(postgresUrl, {
    unset: 'one SQLite file per domain in `dataDir`',
    description: 'The PostgreSQL database of all domains.',
    example: 'postgresql://pentagraph:secret@db.example.org:5432/pentagraph',
  }),
  redisUrl: optionalSetting(redisUrl, {
    unset: 'events stay within the process',
    description:
      'The Redis server that carries events between processes, so that a subscriber of one sees what happens in another.',
    example: 'redis://:secret@redis.example.org:6379',
  }),
  insecure: setting(flag, {
    default: false,
    description: 'Allows listening beyond loopback without credentials: whoever reaches the port may do everything.',
    example: 'true',
  }),
  logLevel: setting(oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'), {
    default: 'info',
    description: 'The least severe log lines that are written.',
    example: 'debug',
  }),
  logFormat: setting(oneOf('auto', 'pretty', 'json'), {
    default: 'auto',
    description: 'How log lines look; `auto` is `pretty` on a terminal and `json` otherwise.',
    example: 'json',
  }),
  shutdownGraceMs: setting(integer(0, 3_600_000), {
    default: 10_000,
    description:
      'How long a stop waits for requests in flight, in milliseconds. What hangs five seconds later is left behind.',
    example: '30000',
  }),
} satisfies SettingTable;

const nativeAddress = (api: string, example: string) =>
  optionalSetting(listenAddress, {
    unset: 'served on `host` and `port` only',
    description: `A further address that serves ${api} alone, as its original server does.`,
    example,
  });

/** Keys below `listen`: each API's native address. A key is the name of the API's mount. */
export const listenSettings = {
  snap: nativeAddress('the Snap API', '127.0.0.1:8181'),
  dragonfly: nativeAddress('the Dragonfly API', '127.0.0.1:8002'),
  dragonflyPieces: nativeAddress("Dragonfly's piece files", '127.0.0.1:8001'),
  drydock: nativeAddress('the Drydock API', '127.0.0.1:9000'),
  datahub: nativeAddress('the DataHub API', '127.0.0.1:8088'),
  hyper: nativeAddress('the Hyper API', 'unix:/var/run/hyper.sock'),
} satisfies SettingTable;

/** Keys below `limits`: what a single operation may ask for. Their defaults are those of a graph that runs by itself. */
export const limitSettings = {
  tokens: setting(integer(1), {
    default: 5_000,
    description: 'Lexical tokens of a document.',
    example: '10000',
  }),
  nesting: setting(integer(10, 400), {
    default: 200,
    description: 'Brackets within brackets of a document, fragments expanded.',
    example: '300',
  }),
  fragments: setting(integer(0), { default: 100, description: 'Fragments in a document.', example: '300' }),
  directives: setting(integer(0), { default: 50, description: 'Directives in a document.', example: '100' }),
  aliases: setting(integer(0), { default: 50, description: 'Aliases in a document.', example: '100' }),
  depth: setting(integer(1, 1_000), {
    default: 15,
    description: 'Levels of fields, fragments expanded.',
    example: '20',
  }),
  cost: setting(integer(1), {
    default: 1_000_000,
    description: 'Fields to resolve, as estimated from the page sizes (`first`) around them.',
    example: '100000',
  }),
  bodyBytes: setting(integer(1024, 1024 * MEBIBYTE), {
    default: MEBIBYTE,
    description: 'Bytes of a GraphQL request over HTTP, or of a WebSocket message.',
    example: '4194304',
  }),
} satisfies SettingTable;
