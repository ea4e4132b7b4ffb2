import { describe, expect, it } from 'vitest';
import { ResourceStack, StartAborted } from '../../src/process/resource-stack.ts';
import { StartError } from '../../src/process/start-error.ts';
import { recordedLogger } from './recorded-logger.ts';

function recorded() {
  const { logger, lines } = recordedLogger();
  const events: string[] = [];
  const resources = new ResourceStack(logger);
  const open = (name: string) =>
    resources.open(
      name,
      () => void events.push(`open ${name}`),
      () => void events.push(`close ${name}`),
    );
  return { resources, events, open, lines };
}

const failing = (code: string) => () => {
  throw Object.assign(new Error(`${code}: no`), { code });
};

describe('a resource stack', () => {
  it('releases in reverse order, once', async () => {
    const { resources, events, open } = recorded();
    await open('a');
    await open('b');
    await Promise.all([resources.close(), resources.close()]);
    await resources.close();
    expect(events).toEqual(['open a', 'open b', 'close b', 'close a']);
  });

  it('hands on what was opened', async () => {
    const { resources } = recorded();
    expect(await resources.open('a', async () => 7)).toBe(7);
  });

  it('says what failed and what to do', async () => {
    const { resources } = recorded();
    const failure = await resources.open('Listening on :80', failing('EACCES')).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect(failure).toMatchObject({
      message: 'Listening on :80 failed: EACCES: no',
      advice: expect.stringContaining('Ports below 1024'),
    });
  });

  it('finds the advice for the cause of a failure, and has none for a failure it does not know', async () => {
    const { resources } = recorded();
    const wrapped = () => {
      throw new Error('no database', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) });
    };
    await expect(resources.open('a', wrapped)).rejects.toMatchObject({
      advice: expect.stringContaining('Nothing listens'),
    });
    await expect(resources.open('a', failing('E_STRANGE'))).rejects.toMatchObject({ advice: undefined });
  });

  it('keeps an explanation that a resource gives itself', async () => {
    const { resources } = recorded();
    const own = new StartError('locked', { advice: 'wait' });
    await expect(resources.open('a', () => Promise.reject(own))).rejects.toBe(own);
  });

  it('releases the rest when one release fails', async () => {
    const { resources, events, open, lines } = recorded();
    await open('a');
    await resources.open('b', () => undefined, failing('EIO'));
    await resources.close();
    expect(events).toEqual(['open a', 'close a']);
    expect(lines).toMatchObject([{ level: 50, msg: "Undoing 'b' failed", err: { message: 'EIO: no' } }]);
  });

  it('opens nothing after a stop, and releases what was being opened then', async () => {
    const { resources, events } = recorded();
    let finish = () => {};
    const opening = resources.open(
      'slow',
      () => new Promise<void>((resolve) => (finish = resolve)),
      () => void events.push('close slow'),
    );
    const closed = resources.close();
    await expect(resources.open('late', () => events.push('open late'))).rejects.toBeInstanceOf(StartAborted);
    finish();
    await Promise.all([opening, closed]);
    expect(events).toEqual(['close slow']);
  });
});
