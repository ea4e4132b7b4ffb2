import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@pentagraph/kit';
import { answerMalformed } from './refusals.ts';

/** How long nothing of a body that is announced may come. */
const STALLED_MS = 60_000;

/**
 * Ends the connection of a request of which the rest does not come. Node.js bounds the time for headers only: large uploads
 * over slow lines may take long, as long as they go on.
 */
export function watchBody(incoming: IncomingMessage, response: ServerResponse, clock: Clock): void {
  const { headers, socket } = incoming;
  if (headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0) return;
  let received = socket.bytesRead;
  const look = () => {
    if (incoming.complete) return;
    if (socket.bytesRead === received) return giveUp(incoming, response);
    received = socket.bytesRead;
    timer = clock.schedule(STALLED_MS, look);
  };
  let timer = clock.schedule(STALLED_MS, look);
  incoming.once('close', () => timer.cancel());
}

function giveUp(incoming: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) incoming.destroy();
  else
    answerMalformed(
      Object.assign(new Error('The body stalled.'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }),
      incoming.socket,
    );
}
