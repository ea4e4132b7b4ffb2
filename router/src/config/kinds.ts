import { isIP } from 'node:net';
import type { SettingKind } from '@pentagraph/kit/settings';
import type { ListenAddress } from '../server/server-options.ts';

const hostPort = /^(?:\[(?<v6>[^\]]+)\]|(?<host>[^:[\]]+)):(?<port>\d{1,5})$/;

function readAddress(given: unknown): ListenAddress | undefined {
  if (typeof given !== 'string') return undefined;
  if (given.startsWith('unix:/')) return { path: given.slice('unix:'.length) };
  const { v6, host, port } = hostPort.exec(given)?.groups ?? {};
  if (Number(port) > 65_535) return undefined;
  if (v6) return isIP(v6) === 6 ? { host: v6, port: Number(port) } : undefined;
  return host && hostName.read(host) ? { host, port: Number(port) } : undefined;
}

/** A TCP address or a unix socket. */
export const listenAddress: SettingKind<ListenAddress> = {
  allowed: 'host:port (IPv6 as [::1]:8181), or unix:/path',
  read: readAddress,
};

/** An IP address or a host name to listen on. */
export const hostName: SettingKind<string> = {
  allowed: 'an IP address or a host name, without a port',
  read: (given) =>
    typeof given === 'string' && (isIP(given) > 0 || /^[a-z\d]([a-z\d._-]*[a-z\d])?$/i.test(given)) ? given : undefined,
};

const urlOf = (protocols: readonly string[], allowed: string): SettingKind<string> => ({
  allowed,
  read: (given) =>
    typeof given === 'string' && URL.canParse(given) && protocols.includes(new URL(given).protocol) ? given : undefined,
});

export const postgresUrl = urlOf(['postgresql:', 'postgres:'], 'postgresql://user:password@host:port/database');
export const redisUrl = urlOf(['redis:', 'rediss:'], 'redis://user:password@host:port, or rediss:// for TLS');

/** The text of an address as it is given in the configuration. */
export const addressText = (address: ListenAddress): string => {
  if ('path' in address) return `unix:${address.path}`;
  return `${isIP(address.host) === 6 ? `[${address.host}]` : address.host}:${address.port}`;
};

/** A URL with its password hidden, for log lines and messages; of a malformed one rather too much is hidden than too little. */
export const withoutPassword = (url: string): string => url.replace(/(\/\/[^:/@]*):.*@/s, '$1:***@');
