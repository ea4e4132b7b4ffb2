import { isIPv4 } from 'node:net';
import type { ListenAddress } from '../server/server-options.ts';
import { addressText } from './kinds.ts';
import type { Problem, Source } from './problem.ts';
import type { Config } from './schema.ts';

/** Whether only this machine can reach the host. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));

interface Listener {
  readonly path: string;
  readonly address: ListenAddress;
}

const listenersOf = (config: Config): readonly Listener[] => [
  { path: 'host', address: { host: config.host, port: config.port } },
  ...Object.entries(config.listen).flatMap(([api, address]) => (address ? [{ path: `listen.${api}`, address }] : [])),
];

type Refusal = Omit<Problem, 'source' | 'subject'>;

const beyondLoopback = ({ address }: Listener, { insecure }: Config): Refusal | undefined =>
  'path' in address || insecure || isLoopback(address.host)
    ? undefined
    : {
        message: `'${address.host}' can be reached from other machines, and nobody has to prove who they are there.`,
        allowed: '127.0.0.1, ::1, localhost; anything when insecure is true',
        hint: 'On a network you trust: --insecure. Otherwise keep loopback and put a proxy that authenticates in front.',
      };

const notServed = ({ path }: Listener, apis: readonly string[]): Refusal | undefined => {
  const api = path.slice('listen.'.length);
  return path === 'host' || apis.includes(api)
    ? undefined
    : { message: `the ${api} API is not built yet.`, allowed: `an address for: ${apis.join(', ') || 'none'}` };
};

const taken = (listener: Listener, listeners: readonly Listener[]): Refusal | undefined => {
  const address = addressText(listener.address);
  const first = listeners.find((other) => addressText(other.address) === address);
  const anyPort = 'port' in listener.address && listener.address.port === 0;
  return first === listener || anyPort || !first
    ? undefined
    : { message: `${address} is the address of ${first.path === 'host' ? 'host and port' : first.path} already.` };
};

/** What each key allows by itself, but not together with the others. */
export function refusals(
  config: Config,
  sources: ReadonlyMap<string, Source>,
  apis: readonly string[],
): readonly Problem[] {
  const listeners = listenersOf(config);
  return listeners.flatMap((listener) =>
    [beyondLoopback(listener, config), notServed(listener, apis), taken(listener, listeners)].flatMap((refusal) =>
      refusal
        ? [{ subject: listener.path, ...refusal, source: sources.get(listener.path) ?? { kind: 'default' } }]
        : [],
    ),
  );
}
