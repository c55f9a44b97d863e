import type { Clock } from './clock.ts';
import type { LogLevel } from './config.ts';
import { VarveError } from './errors.ts';

/** One JSON object a line. Never hand it credentials, signed URLs or request bodies. */
export interface Log {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, unknown>>;

const RANK: Readonly<Record<LogLevel, number>> = { error: 0, warn: 1, info: 2, debug: 3 };

/** Writes lines to a stream that may be full. */
export function lineWriter(stream: NodeJS.WritableStream): (line: string) => void {
  loseWhatIsTooMuch(stream);
  return (line) => stream.write(`${line}\n`);
}

/**
 * What the stream cannot take is lost from now on: nothing ends because the disk that its log is on
 * is full.
 */
export function loseWhatIsTooMuch(stream: NodeJS.WritableStream): void {
  if (!stream.listeners('error').includes(ignore)) stream.on('error', ignore);
}

const ignore = (): void => undefined;

export function createLog(options: {
  readonly level: LogLevel;
  readonly clock: Clock;
  readonly write: (line: string) => void;
}): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}) => {
      if (RANK[level] > RANK[options.level]) return;
      const entry = { time: new Date(options.clock.now()).toISOString(), level, message, ...plain(fields) };
      options.write(JSON.stringify(entry));
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
}

function plain(fields: LogFields): LogFields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value instanceof Error ? plainError(value) : value]),
  );
}

function plainError(error: Error): LogFields {
  return {
    name: error.name,
    message: error.message,
    ...(error instanceof VarveError ? { code: error.code } : {}),
    stack: error.stack,
    ...(error.cause instanceof Error ? { cause: plainError(error.cause) } : {}),
  };
}
