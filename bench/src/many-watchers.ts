import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServingPentagraph } from '@pentagraph/rest-compat/testing';
import { SnapClient } from './snap-client.ts';

interface Watcher {
  readonly delaysMs: number[];
  close(): void;
}

/** Opens `count` watch streams of one task and measures the delay from collection to reading, per event and watcher. */
export async function measureManyWatchers({ url }: ServingPentagraph, count: number, seconds: number) {
  const id = await new SnapClient(url).createTask({ interval: '1s', start: true, mockVersion: 2 });
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const watchers: Watcher[] = [];
  for (let opened = 0; opened < count; opened += 100) {
    watchers.push(
      ...(await Promise.all(Array.from({ length: 100 }, () => openWatch(`${url}/v1/tasks/${id}/watch`, agent)))),
    );
  }
  for (const watcher of watchers) watcher.delaysMs.length = 0;
  await delay(seconds * 1000 + 500);
  const counts = watchers.map(({ delaysMs }) => delaysMs.length);
  const delays = watchers.flatMap(({ delaysMs }) => delaysMs).sort((a, b) => a - b);
  for (const watcher of watchers) watcher.close();
  return {
    fewestEvents: Math.min(...counts),
    mostEvents: Math.max(...counts),
    p50: percentile(delays, 0.5),
    p99: percentile(delays, 0.99),
  };
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN;

function openWatch(url: string, agent: Agent): Promise<Watcher> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      const delaysMs: number[] = [];
      response.setEncoding('utf8');
      readEvents(response, (collectedAtMs) => delaysMs.push(Date.now() - collectedAtMs));
      resolve({ delaysMs, close: () => request.destroy() });
    });
    request.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET') reject(error);
    });
  });
}

/** Calls `onMetrics` with the time of the newest metric of each event. */
function readEvents(response: IncomingMessage, onMetrics: (collectedAtMs: number) => void): void {
  let text = '';
  response.on('error', () => response.destroy());
  response.on('data', (chunk: string) => {
    text += chunk;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const frame = text.slice('data: '.length, end);
      text = text.slice(end + 2);
      const times = [...frame.matchAll(/"timestamp":"([^"]+)"/g)].map(([, time]) => Date.parse(time ?? ''));
      if (times.length > 0) onMetrics(Math.max(...times));
    }
  });
}
