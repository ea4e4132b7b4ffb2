import { EventEmitter } from 'node:events';
import { ManualClock } from '@pentagraph/kit/testing';
import { describe, expect, it } from 'vitest';
import type { ResourceStack } from '../../src/process/resource-stack.ts';
import { StartError } from '../../src/process/start-error.ts';
import { supervise } from '../../src/process/supervise.ts';
import { recordedLogger } from './recorded-logger.ts';

/** A supervised process whose signals are emitted by hand. */
function supervised(start: (resources: ResourceStack) => Promise<void> = async () => {}) {
  const { logger, lines } = recordedLogger('info');
  const events = new EventEmitter();
  const clock = new ManualClock();
  const exits: number[] = [];
  const code = supervise(start, { logger, graceMs: 500, clock, events, exit: (status) => exits.push(status) });
  return { code, events, clock, exits, messages: () => lines.map(({ msg }) => msg), lines };
}

const hanging = (resources: ResourceStack) =>
  resources.open(
    'the pump',
    () => {},
    () => new Promise<void>(() => {}),
  );

describe('a supervised process', () => {
  it('stops with 0 after the first signal', async () => {
    const released: string[] = [];
    const { code, events, messages } = supervised((resources) =>
      resources.open(
        'a',
        () => {},
        () => void released.push('a'),
      ),
    );
    events.emit('SIGTERM', 'SIGTERM');
    expect(await code).toBe(0);
    expect(released).toEqual(['a']);
    expect(messages()).toEqual([
      'SIGTERM: finishing what is in flight, then stopping; once more ends at once',
      'Stopped',
    ]);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('ends at once after a second %s, with %i', (signal, status) => {
    const { events, exits, messages } = supervised(hanging);
    events.emit('SIGINT', 'SIGINT');
    expect(exits).toEqual([]);
    events.emit(signal, signal);
    expect(exits).toEqual([status]);
    expect(messages().at(-1)).toBe(`${signal} again: ending at once`);
  });

  it('ends with 1 when a stop takes longer than the grace, and says what hangs', async () => {
    const { code, events, clock, messages } = supervised(hanging);
    await Promise.resolve();
    events.emit('SIGINT', 'SIGINT');
    await new Promise(setImmediate);
    await clock.advance(500);
    expect(await code).toBe(1);
    expect(messages().at(-1)).toBe("Still not stopped after 500 ms: undoing 'the pump' hangs. Ending anyway.");
  });

  it.each(['uncaughtException', 'unhandledRejection'])('stops with 1 after an %s', async (event) => {
    const { code, events, lines } = supervised();
    events.emit(event, new Error('boom'));
    expect(await code).toBe(1);
    expect(lines[0]).toMatchObject({
      level: 60,
      msg: 'An error that nobody caught: stopping',
      err: { message: 'boom' },
    });
  });

  it('stops with 1 when the start fails, and says why and what to do', async () => {
    const released: string[] = [];
    const { code, lines } = supervised(async (resources) => {
      await resources.open(
        'a',
        () => {},
        () => void released.push('a'),
      );
      throw new StartError('Port 1 is taken.', { advice: 'Take another.' });
    });
    expect(await code).toBe(1);
    expect(released).toEqual(['a']);
    expect(lines[0]).toEqual({ level: 60, msg: 'Port 1 is taken.', advice: 'Take another.' });
  });

  it('shows the whole error of a start that fails for an unknown reason', async () => {
    const { code, lines } = supervised(async () => {
      throw new TypeError('defect');
    });
    expect(await code).toBe(1);
    expect(lines[0]).toMatchObject({ msg: 'The start failed', err: { type: 'TypeError', message: 'defect' } });
  });

  it('can be stopped while it starts', async () => {
    const opened: string[] = [];
    let proceed = () => {};
    const { code, events } = supervised(async (resources) => {
      await resources.open('slow', () => new Promise<void>((resolve) => (proceed = resolve)));
      await resources.open('late', () => void opened.push('late'));
    });
    events.emit('SIGINT', 'SIGINT');
    proceed();
    expect(await code).toBe(0);
    expect(opened).toEqual([]);
  });

  it('leaves no listeners behind', async () => {
    const { code, events } = supervised();
    events.emit('SIGINT', 'SIGINT');
    await code;
    expect(events.eventNames()).toEqual([]);
  });
});
