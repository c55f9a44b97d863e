import { getAsset } from 'node:sea';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { ThreadFile } from '../start-thread.ts';

/** As ../start-thread.ts, of a part that the executable carries. */
export function startThread({ bundle }: ThreadFile, options: WorkerOptions = {}): Worker {
  const source = `${getAsset('loader.js', 'utf8')}\nvarveParts.createLoader()('./${bundle}.js');`;
  return new Worker(source, { ...options, eval: true });
}
