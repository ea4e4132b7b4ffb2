import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type * as snap from './generated/snap/sqlite/client.ts';
import type { Provider } from './storage/storage.ts';

/** Prisma's client of the domain snap. */
export type SnapClient = snap.PrismaClient;

/** Each domain's client, whatever the store. */
export interface DomainClients {
  readonly snap: SnapClient;
}

export type Domain = keyof DomainClients;

/** What all generated clients can do. */
export interface GeneratedClient {
  $connect(): Promise<void>;
  $disconnect(): Promise<void>;
  $queryRawUnsafe<Rows>(query: string): PromiseLike<Rows>;
}

export interface ClientOptions {
  readonly adapter: SqlDriverAdapterFactory;
  readonly errorFormat: 'minimal';
  readonly transactionOptions: { readonly maxWait: number; readonly timeout: number };
}

export type ClientClass<Client> = new (options: ClientOptions) => Client;

type GeneratedModules<Client> = Readonly<Record<Provider, () => Promise<{ PrismaClient: unknown }>>> & {
  /** Only for the type. */
  readonly client?: Client;
};

/** Loaded when opened, so that a process holds only the clients and query compilers it uses. */
const generated: { readonly [Name in Domain]: GeneratedModules<DomainClients[Name]> } = {
  snap: {
    sqlite: () => import('./generated/snap/sqlite/client.ts'),
    postgresql: () => import('./generated/snap/postgresql/client.ts'),
  },
};

/** The domains that have storage. */
export const domains = Object.keys(generated) as readonly Domain[];

/**
 * The client class of a domain for a store. The two stores' clients are generated from the same models and differ in
 * what only PostgreSQL can (lists, `mode: 'insensitive'`), which SQLite's type does not offer: whoever is written against
 * SQLite's type is right on both, and the cast below is the one place that says so.
 */
export async function loadClientClass<Name extends Domain>(
  domain: Name,
  provider: Provider,
): Promise<ClientClass<DomainClients[Name] & GeneratedClient>> {
  const { PrismaClient } = await generated[domain][provider]();
  return PrismaClient as ClientClass<DomainClients[Name] & GeneratedClient>;
}
