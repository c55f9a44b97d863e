import { getAsset } from 'node:sea';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { ThreadFile } from '../start-thread.ts';

/** As ../start-thread.ts, of a source that the executable carries. */
export function startThread({ bundle }: ThreadFile, options: WorkerOptions = {}): Worker {
  return new Worker(getAsset(`${bundle}.js`, 'utf8'), { ...options, eval: true });
}
