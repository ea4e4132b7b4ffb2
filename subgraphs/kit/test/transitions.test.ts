import { defineTransitions, refusal } from '@pentagraph/kit';
import { describe, expect, it } from 'vitest';

const doors = defineTransitions<'open' | 'shut', 'push' | 'lock' | 'remove', 'gone'>()({
  open: { push: 'shut', lock: refusal('DOOR_OPEN', 'Shut it first.') },
  shut: { push: 'open', lock: 'shut', remove: 'gone' },
});

describe('defineTransitions', () => {
  it('answers the next state', () => {
    expect(doors.apply('open', 'push')).toEqual({ next: 'shut' });
    expect(doors.apply('shut', 'lock')).toEqual({ next: 'shut' });
    expect(doors.apply('shut', 'remove')).toEqual({ next: 'gone' });
  });

  it('answers why it refuses', () => {
    expect(doors.apply('open', 'lock')).toEqual({ refused: { code: 'DOOR_OPEN', message: 'Shut it first.' } });
  });

  it('shows its table, for tests to walk and documents to print', () => {
    expect(Object.entries(doors.table).map(([state, row]) => [state, Object.keys(row)])).toEqual([
      ['open', ['push', 'lock']],
      ['shut', ['push', 'lock', 'remove']],
    ]);
  });

  it.each([
    ['open', 'remove'],
    ['ajar', 'push'],
  ])('throws for %s and %s, which the table does not know', (state, event) => {
    expect(() => doors.apply(state as 'open', event as 'push')).toThrow(
      `No transition for '${event}' in state '${state}'.`,
    );
  });
});
