import type { Log, LogFields } from '../../platform/log.ts';
import type { Console } from '../console.ts';

/** What an attachment logs while it runs, for people, on standard error. */
export function consoleLog(console: Console): Log {
  const say = (message: string, fields: LogFields = {}) =>
    console.note([message, ...Object.entries(fields).map(fieldText)].join(' '));
  const silent = () => undefined;
  return { error: say, warn: say, info: silent, debug: silent };
}

function fieldText([name, value]: readonly [string, unknown]): string {
  return `${name}=${value instanceof Error ? value.message : String(value)}`;
}
