/** A row that lacks nothing. */
export const aTask = (id: string) => ({
  id,
  name: `Task-${id}`,
  state: 'Stopped',
  deadline: 5_000_000_000n,
  maxFailures: 10,
  maxCollectDuration: 0n,
  maxMetricsBuffer: 0n,
  schedule: '{"type":"simple","interval":"1s"}',
  workflow: '{"collect":{"metrics":{}}}',
  createdAt: new Date('2026-01-02T03:04:05.678Z'),
});
