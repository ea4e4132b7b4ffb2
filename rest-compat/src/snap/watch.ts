import { encodeGoJson, type GoEncodable, RawJson } from '@pentagraph/kit/go-json';
import type { Header } from '../engine/answer.ts';
import type { SnapTaskWatchSubscription } from '../generated/snap-operations.ts';
import { envelopeText, reply } from './envelope.ts';

/** The head of a watch stream: without `Deprecated`, open to pages of any origin (dossier 4.11). */
export const watchHeaders: readonly Header[] = [
  ['Access-Control-Allow-Origin', '*'],
  ['Cache-Control', 'no-cache'],
  ['Connection', 'keep-alive'],
  ['Content-Type', 'text/event-stream'],
];

/** Nothing but `data:` lines and blank ones: any other line ends the watch of the original's client (dossier 5.2). */
const frame = (event: GoEncodable): string => `data: ${encodeGoJson(event, { escapeHtml: true })}\n\n`;

export const watchOpening = frame({ type: 'stream-open', message: 'Stream opened' });

/** Indented, which is what makes the original's client leave (dossier 5.2). */
export const watchClosing = envelopeText(reply('schedule_task_watch_ended', 'Task watching ended', {}));

type TaskEvent = SnapTaskWatchSubscription['snapTaskWatch'];
type MetricValue = Extract<TaskEvent, { readonly __typename: 'SnapMetricsCollected' }>['metrics'][number];

const eventTypes: Readonly<Record<TaskEvent['__typename'], { readonly name: string; readonly last: boolean }>> = {
  SnapMetricsCollected: { name: 'metric-event', last: false },
  SnapTaskStarted: { name: 'task-started', last: false },
  SnapTaskStopped: { name: 'task-stopped', last: true },
  SnapTaskEnded: { name: 'task-ended', last: true },
  SnapTaskDisabled: { name: 'task-disabled', last: true },
};

export const endsWatch = ({ snapTaskWatch }: SnapTaskWatchSubscription): boolean =>
  eventTypes[snapTaskWatch.__typename].last;

export const watchFrame = ({ snapTaskWatch: event }: SnapTaskWatchSubscription): string =>
  frame({
    type: eventTypes[event.__typename].name,
    message: event.message,
    event: 'metrics' in event && event.metrics.length > 0 ? event.metrics.map(metricValue) : undefined,
  });

const metricValue = ({ namespace, dataJson, timestamp, tags }: MetricValue): GoEncodable => ({
  namespace,
  data: new RawJson(dataJson),
  timestamp,
  tags: tags && new Map(Object.entries(tags).map(([key, value]) => [key, String(value)])),
});
