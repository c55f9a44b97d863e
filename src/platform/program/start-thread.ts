import { Worker, type WorkerOptions } from 'node:worker_threads';

/** A file that runs as a thread. */
export interface ThreadFile {
  /** The module that starts it: its `import.meta.url`. */
  readonly from: string;
  /** Relative to that module, in the sources. */
  readonly source: `./${string}.ts`;
  /** Its name beside the bundle, without the ending. */
  readonly bundle: string;
}

/**
 * From the sources (.ts, as in tests) a thread runs as it stands. Beside a bundle lies the thread's
 * own bundle. The single executable has embedded/start-thread.ts in the place of this file.
 */
export function startThread({ from, source, bundle }: ThreadFile, options: WorkerOptions = {}): Worker {
  return new Worker(new URL(from.endsWith('.ts') ? source : `./${bundle}.js`, from), options);
}
