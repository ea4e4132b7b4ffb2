import { pino } from 'pino';
import type { Context } from '../context.ts';
import { localOperator } from '../viewer.ts';

/** A context of a caller who may do everything, with a silent logger. */
export function testContext(overrides: Partial<Context> = {}): Context {
  return {
    viewer: localOperator,
    requestId: 'test',
    logger: pino({ level: 'silent' }),
    signal: new AbortController().signal,
    ...overrides,
  };
}

/** Ids that tests can predict: valid version 4 UUIDs that count up from 1. */
export function countingIds(): () => string {
  let next = 0;
  return () => `00000000-0000-4000-8000-${(++next).toString(16).padStart(12, '0')}`;
}
