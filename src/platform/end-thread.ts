import { type MessagePort, parentPort, type Worker } from 'node:worker_threads';

/** What a thread is sent last. */
const END = 'end';

/** Longer than any task of such a thread takes, also on a machine that is busy. */
const LIMIT_MS = 10_000;

/**
 * Ends a thread that was made with {@link endsWhenTold}, once it has done what it was sent before.
 * Node aborts the whole process if a thread is stopped while it makes a zlib or zstd handle:
 * `terminate` does that within a task, and is left for a thread that hangs.
 */
export async function endThread(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return; // it has ended
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  const hangs = setTimeout(() => void worker.terminate(), LIMIT_MS);
  worker.ref();
  worker.postMessage(END);
  try {
    await ended;
  } finally {
    clearTimeout(hangs);
  }
}

/**
 * The port of the thread that calls this, whose other messages go to `on`. It ends between two of
 * them when it is told to; anything else that would keep it going is for its own code to end.
 */
export function endsWhenTold<Message>(on: (message: Message) => void): MessagePort {
  const port = parentPort as MessagePort;
  port.on('message', (message: Message | typeof END) => {
    if (message === END) port.close();
    else on(message);
  });
  return port;
}
