import type { Log } from '../../src/platform/log.ts';

const silent = () => undefined;

/** For tests that look at no line of it. */
export const SILENT_LOG: Log = { error: silent, warn: silent, info: silent, debug: silent };
