import { type AddressInfo, connect, createServer, type NetConnectOpts, type Server, type Socket } from 'node:net';

/** Forwards to a server until it is cut. */
export class Forwarder {
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;
  #isCut = false;

  constructor(target: NetConnectOpts) {
    this.#server = createServer((near) => {
      const far = connect(target);
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket));
      }
      if (this.#isCut) this.cut();
      else near.pipe(far).pipe(near);
    });
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return (this.#server.address() as AddressInfo).port;
  }

  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  close(): void {
    this.cut();
    this.#server.close();
  }
}

/** Where the server of a PostgreSQL URL listens: `?host=<folder>` means its unix socket there. */
export function postgresqlAddress({ hostname, port, searchParams }: URL): NetConnectOpts {
  const number = Number(port || 5432);
  const folder = searchParams.get('host');
  return folder ? { path: `${folder}/.s.PGSQL.${number}` } : { host: hostname, port: number };
}
