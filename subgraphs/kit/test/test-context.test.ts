import { localOperator } from '@pentagraph/kit';
import { countingIds, testContext } from '@pentagraph/kit/testing';
import { describe, expect, it } from 'vitest';

describe('testContext', () => {
  it('may do everything, and takes overrides', () => {
    expect(testContext()).toMatchObject({ viewer: localOperator, requestId: 'test' });
    expect(testContext({ requestId: 'r1' })).toMatchObject({ viewer: localOperator, requestId: 'r1' });
    expect(testContext().signal.aborted).toBe(false);
  });
});

describe('countingIds', () => {
  it('makes version 4 UUIDs that count', () => {
    const next = countingIds();
    expect([next(), next()]).toEqual(['00000000-0000-4000-8000-000000000001', '00000000-0000-4000-8000-000000000002']);
    expect(countingIds()()).toBe('00000000-0000-4000-8000-000000000001');
  });
});
