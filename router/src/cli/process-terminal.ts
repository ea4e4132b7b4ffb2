import type { Writable } from 'node:stream';
import type { Terminal } from './command.ts';

/** Waits until the text is out, so that an exit right after it cuts nothing off; a reader that went away (`| head`) is fine. */
const write = (stream: Writable, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => (error.code === 'EPIPE' ? resolve() : reject(error));
    stream.once('error', onError);
    stream.write(text, (error) => {
      if (error) return;
      stream.off('error', onError);
      resolve();
    });
  });

/** The terminal of this process. */
export const processTerminal = (): Terminal => ({
  environment: process.env,
  isTerminal: process.stdout.isTTY === true,
  print: (text) => write(process.stdout, text),
  complain: (text) => write(process.stderr, text),
});
