import { encodeGoJson, parseGoJson } from '@pentagraph/kit/go-json';
import { formatRfc3339 } from '../metrics/rfc3339.ts';
import { formatGoDuration, parseGoDuration } from './go-duration.ts';
import { readScheduleNode, type ScheduleText } from './manifest-nodes.ts';
import { ManifestError } from './manifest-reader.ts';
import type { ScheduleDefinition } from './schedule.ts';

/** The schedule a manifest means (dossier 3.5). @throws ManifestError, GoDurationError with the original's text */
export function definitionOfSchedule(node: ScheduleText): ScheduleDefinition {
  switch (node.type) {
    case 'simple':
    case 'windowed':
      return {
        type: 'windowed',
        intervalNanos: parseGoDuration(intervalOf(node)),
        start: node.start_timestamp ?? null,
        stop: node.stop_timestamp ?? null,
        count: node.stop_timestamp || !node.count ? null : countOf(node.count),
      };
    case 'cron':
      return { type: 'cron', entry: intervalOf(node) };
    case 'streaming':
      return { type: 'streaming' };
    default:
      throw new ManifestError(`unknown schedule type \`${node.type ?? ''}\``);
  }
}

function intervalOf({ interval }: ScheduleText): string {
  if (!interval) throw new ManifestError('missing `interval` in configuration of schedule');
  return interval;
}

/** The graph shows counts as numbers; beyond 2^53 firings nobody counts. */
const countOf = (count: bigint): number =>
  Number(count < BigInt(Number.MAX_SAFE_INTEGER) ? count : Number.MAX_SAFE_INTEGER);

/** A schedule as JSON text for storage, in the manifest's own spelling. */
export function scheduleToJson(definition: ScheduleDefinition): string {
  const { type } = definition;
  switch (type) {
    case 'windowed': {
      const { intervalNanos, start, stop, count } = definition;
      const window = { start_timestamp: start && formatRfc3339(start), stop_timestamp: stop && formatRfc3339(stop) };
      return encodeGoJson({ type, interval: formatGoDuration(intervalNanos), ...window, count }, { escapeHtml: false });
    }
    case 'cron':
      return encodeGoJson({ type, interval: definition.entry }, { escapeHtml: false });
    case 'streaming':
      return encodeGoJson({ type }, { escapeHtml: false });
  }
}

/** Reads what {@link scheduleToJson} wrote. */
export const scheduleFromJson = (text: string): ScheduleDefinition =>
  definitionOfSchedule(readScheduleNode(parseGoJson(text)));
