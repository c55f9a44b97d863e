import { startThread, type ThreadFile } from '../../platform/program/start-thread.ts';
import { StartError } from '../start-error.ts';
import type { JobAnswer, JobInput, JobName, Progress, ThreadData, ThreadMessage } from './thread-jobs.ts';

const THREAD: ThreadFile = { from: import.meta.url, source: './thread.ts', bundle: 'keep-thread' };

export interface RunOptions {
  readonly progress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

/** Runs one job in a thread of its own. If the signal fires, it fails with the signal's reason. */
export async function runInThread<Name extends JobName>(
  name: Name,
  input: JobInput<Name>,
  { progress, signal }: RunOptions = {},
): Promise<JobAnswer<Name>> {
  signal?.throwIfAborted();
  const stop = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: ThreadData = { name, input, stop };
  const worker = startThread(THREAD, { workerData, name: `keep: ${name}` });
  const onAbort = () => Atomics.store(stop, 0, 1);
  signal?.addEventListener('abort', onAbort);
  try {
    return await new Promise<JobAnswer<Name>>((resolve, reject) => {
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'progress') progress?.(message.progress);
        else if (message.kind === 'done') resolve(message.answer as JobAnswer<Name>);
        else reject(signal?.aborted ? signal.reason : errorOf(message));
      });
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error(`The thread of ${name} has ended.`)));
    });
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await worker.terminate();
  }
}

function errorOf({ name, message, code }: ThreadMessage & { readonly kind: 'failed' }): Error {
  if (name === 'StartError') return new StartError(message);
  return Object.assign(new Error(message), { name, ...(code !== undefined && { code }) });
}
