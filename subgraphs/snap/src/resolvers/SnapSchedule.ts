import type { SnapScheduleResolvers } from '../generated/resolver-types.ts';
import { formatRfc3339 } from '../metrics/rfc3339.ts';
import { formatGoDuration } from '../tasks/go-duration.ts';

const typeNames = { windowed: 'WINDOWED', cron: 'CRON', streaming: 'STREAMING' } as const;

export const SnapSchedule: SnapScheduleResolvers = {
  type: ({ type }) => typeNames[type],
  interval(schedule) {
    if (schedule.type === 'windowed') return formatGoDuration(schedule.intervalNanos);
    return schedule.type === 'cron' ? schedule.entry : null;
  },
  startTimestamp: (schedule) => (schedule.type === 'windowed' && schedule.start ? formatRfc3339(schedule.start) : null),
  stopTimestamp: (schedule) => (schedule.type === 'windowed' && schedule.stop ? formatRfc3339(schedule.stop) : null),
  count: (schedule) => (schedule.type === 'windowed' ? schedule.count : null),
};
