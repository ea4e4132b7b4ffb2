import { type Clock, type Logger, systemClock } from '@pentagraph/kit';
import { CloseCode, type makeServer } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { WebSocketOptions } from './server-options.ts';

/** What the protocol implementation needs of a socket. */
type ProtocolSocket = Parameters<ReturnType<typeof makeServer>['opened']>[0];

interface ConnectionOptions extends WebSocketOptions {
  readonly logger: Logger;
}

/** With more unread bytes than this, the next result waits until they are sent. */
const UNREAD_BYTES = 64 * 1024;

/**
 * Keeps a WebSocket alive and bounded: pings it, drops it when it does not answer, makes a slow reader's subscriptions wait
 * for it, and turns whatever goes wrong on it into its end.
 */
export function guardConnection(
  socket: WebSocket,
  { keepAliveMs = 15_000, clock = systemClock, logger }: ConnectionOptions,
): ProtocolSocket {
  keepAlive(socket, keepAliveMs, clock);
  return {
    protocol: socket.protocol,
    send(data) {
      if (socket.readyState !== socket.OPEN) return undefined;
      if (socket.bufferedAmount > UNREAD_BYTES) return new Promise((resolve) => socket.send(data, () => resolve()));
      socket.send(data);
      return undefined;
    },
    close: (code, reason) => socket.close(code, reason),
    onMessage: (receive) =>
      void socket.on('message', (data, isBinary) => {
        if (isBinary) return socket.close(CloseCode.BadRequest, 'Messages are JSON text');
        receive(String(data)).catch((error: unknown) => {
          if (isUnexpectedMessage(error)) return socket.close(CloseCode.BadRequest, 'Unexpected message');
          logger.error({ err: error }, 'A WebSocket message failed unexpectedly');
          socket.close(CloseCode.InternalServerError, 'Internal server error');
        });
      }),
  };
}

function keepAlive(socket: WebSocket, intervalMs: number, clock: Clock): void {
  let answered = true;
  const ask = () => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
    timer = clock.schedule(intervalMs, ask);
  };
  let timer = clock.schedule(intervalMs, ask);
  socket.on('pong', () => {
    answered = true;
  });
  socket.once('close', () => timer.cancel());
}

/** Messages that only servers send. */
const isUnexpectedMessage = (error: unknown): boolean =>
  error instanceof Error && error.message.startsWith('Unexpected message');
