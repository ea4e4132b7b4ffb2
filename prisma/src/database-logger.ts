type LogMethod = (facts: Readonly<Record<string, unknown>>, message: string) => void;

/** The part of a pino logger that storage writes to. */
export interface DatabaseLogger {
  readonly debug: LogMethod;
  readonly info: LogMethod;
  readonly warn: LogMethod;
  readonly error: LogMethod;
}

const ignore: LogMethod = () => {};

export const silentLogger: DatabaseLogger = { debug: ignore, info: ignore, warn: ignore, error: ignore };
