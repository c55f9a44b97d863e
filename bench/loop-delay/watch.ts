import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { BenchError } from '../bench-error.ts';

/** By how much later than wanted a timer of the event loop fired. */
export interface LoopDelay {
  readonly p99Ms: number;
  readonly mostMs: number;
}

const PRELOAD = new URL('preload.ts', import.meta.url).href;
const LIMIT_MS = 30_000;
const LOOK_MS = 10;

/** Makes a server write its delays to `file` whenever it is asked. */
export function delayPreload(file: string): Record<string, string> {
  return { BENCH_LOOP_DELAY: file, NODE_OPTIONS: `--import=${PRELOAD}` };
}

/** The delays since the last time, or since its start. */
export async function takeDelay(pid: number, file: string): Promise<LoopDelay> {
  rmSync(file, { force: true });
  process.kill(pid, 'SIGUSR2');
  const until = performance.now() + LIMIT_MS;
  while (!existsSync(file)) {
    if (performance.now() > until) throw new BenchError('The server does not give its delays.');
    await sleep(LOOK_MS);
  }
  return JSON.parse(readFileSync(file, 'utf8')) as LoopDelay;
}
