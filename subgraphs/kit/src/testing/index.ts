export { ManualClock, settle } from './manual-clock.ts';
export { countingIds, testContext } from './test-context.ts';
