import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TcpAddress {
  readonly host: string;
  readonly port: number;
}

/** The main address while the process starts. */
export interface StartingListener {
  /** What was taken: port 0 has become the one that the system chose. */
  readonly address: TcpAddress;
  /** Frees the address for the server; who is connected gets an answer still. May be called again. */
  close(): Promise<void>;
}

interface StartingAnswer {
  readonly status: number;
  readonly body: unknown;
}

/** What the operators' paths say as long as nothing is there to be asked. */
const operatorAnswers: Readonly<Record<string, StartingAnswer>> = {
  '/healthz': { status: 200, body: { state: 'alive' } },
  '/readyz': { status: 503, body: { state: 'not ready', subgraphs: {} } },
};

const tryLater: StartingAnswer = {
  status: 503,
  body: { errors: [{ message: 'The server is starting. Try again in a moment.', extensions: { code: 'STARTING' } }] },
};

const answer: RequestListener = ({ method, url = '' }, response) => {
  const asked = method === 'GET' || method === 'HEAD' ? operatorAnswers[url.replace(/\?.*$/, '')] : undefined;
  const { status, body } = asked ?? tryLater;
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    connection: 'close',
    ...(status === 503 && { 'retry-after': '1' }),
  });
  response.end(JSON.stringify(body));
};

/**
 * Takes the main address at once, before the code of the server is even loaded: whoever watches over the process learns that it
 * lives, and a port that is taken is noticed before anything is opened.
 * @throws Error when the address can't be taken.
 */
export async function listenWhileStarting({ host, port }: TcpAddress): Promise<StartingListener> {
  const server = createServer(answer);
  server.listen({ host, port });
  await once(server, 'listening');
  return {
    address: { host, port: (server.address() as AddressInfo).port },
    async close() {
      // While the code was loaded, callers queued up at the door: they would be thrown out.
      await new Promise(setImmediate);
      await new Promise(setImmediate);
      server.close();
    },
  };
}
