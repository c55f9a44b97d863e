import { parentPort, workerData } from 'node:worker_threads';
import { JOBS, type JobContext, type ThreadData, type ThreadMessage } from './thread-jobs.ts';

/** Between two reports of progress. */
const TOLD_EVERY_MS = 100;

const { name, input, stop } = workerData as ThreadData;
const tell = (message: ThreadMessage) => parentPort?.postMessage(message);
let toldAt = Number.NEGATIVE_INFINITY;

const context: JobContext = {
  progress: (progress) => {
    if (performance.now() - toldAt < TOLD_EVERY_MS) return;
    toldAt = performance.now();
    tell({ kind: 'progress', progress });
  },
  isStopped: () => Atomics.load(stop, 0) === 1,
};
try {
  const job = JOBS[name] as (input: unknown, context: JobContext) => unknown;
  tell({ kind: 'done', answer: job(input, context) });
} catch (error) {
  const { name: kind, message, code } = error as NodeJS.ErrnoException;
  tell({ kind: 'failed', name: kind, message, ...(code !== undefined && { code }) });
}
