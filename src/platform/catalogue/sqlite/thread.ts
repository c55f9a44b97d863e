import { parentPort, workerData } from 'node:worker_threads';
import type { Opened, Reply, Request } from './requests.ts';
import { isDamage, openStore, type SqliteStore } from './store.ts';
import { answerAll, troubleOf } from './turns.ts';

/** The thread that owns the database: a sync to the disk holds nobody but those who wait for it. */
function serve(store: SqliteStore, post: (replies: Reply[]) => void): void {
  let waiting: Request[] = [];
  const turn = () => {
    const batch = waiting;
    waiting = [];
    answerAll(store, batch, post);
    for (const request of batch) {
      if (request.kind === 'close') {
        store.close();
        post([{ id: request.id, answer: undefined }]);
        parentPort?.close();
      } else if (request.kind === 'backup') {
        const { id } = request;
        store.backup(request.input).then(
          () => post([{ id, answer: undefined }]),
          (error: unknown) => post([{ id, trouble: troubleOf(error) }]),
        );
      }
    }
  };
  parentPort?.on('message', (requests: readonly Request[]) => {
    // A turn takes all that has come in by then.
    if (waiting.length === 0) setImmediate(turn);
    waiting.push(...requests);
  });
}

function open(path: string): SqliteStore | undefined {
  const tell = (opened: Opened) => parentPort?.postMessage(opened);
  try {
    const store = openStore(path);
    tell({ open: true });
    return store;
  } catch (error) {
    const { name, message } = error as Error;
    tell({ open: false, name, message, isDamaged: isDamage(error) });
    return undefined;
  }
}

const store = open((workerData as { readonly path: string }).path);
if (store !== undefined) serve(store, (replies) => parentPort?.postMessage(replies));
