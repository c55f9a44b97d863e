import { parentPort, workerData } from 'node:worker_threads';
import type { MigrateOptions } from './migrate.ts';
import type { Opened, Reply, Request } from './requests.ts';
import { isDamage, openStore, type SqliteStore } from './store.ts';
import { answerAll, troubleOfCopy } from './turns.ts';

/** The thread that owns the database: a sync to the disk holds nobody but those who wait for it. */
function serve(store: SqliteStore, post: (replies: Reply[]) => void): void {
  let waiting: Request[] = [];
  const closing = new AbortController();
  const copies = new Set<Promise<void>>();
  const copy = async ({ id, input }: Request<'backup'>) => {
    try {
      await store.backup(input, closing.signal);
      post([{ id, answer: undefined }]);
    } catch (error) {
      post([{ id, trouble: troubleOfCopy(error) }]);
    }
  };
  const close = async ({ id }: Request<'close'>) => {
    closing.abort(new Error('The catalogue is being closed.'));
    await Promise.all(copies);
    store.close();
    post([{ id, answer: undefined }]);
    parentPort?.close();
  };
  const turn = () => {
    const batch = waiting;
    waiting = [];
    answerAll(store, batch, post);
    for (const request of batch) {
      if (request.kind === 'close') void close(request);
      else if (request.kind === 'backup') {
        const done = copy(request).finally(() => copies.delete(done));
        copies.add(done);
      }
    }
  };
  parentPort?.on('message', (requests: readonly Request[]) => {
    // A turn takes all that has come in by then.
    if (waiting.length === 0) setImmediate(turn);
    waiting.push(...requests);
  });
}

async function open(path: string, options: MigrateOptions): Promise<SqliteStore | undefined> {
  const tell = (opened: Opened) => parentPort?.postMessage(opened);
  try {
    const store = await openStore(path, options);
    tell({ open: true, ...(store.migrated && { migrated: store.migrated }) });
    return store;
  } catch (error) {
    const { name, message } = error as Error;
    tell({ open: false, name, message, isDamaged: isDamage(error) });
    return undefined;
  }
}

const { path, options } = workerData as { readonly path: string; readonly options: MigrateOptions };
void open(path, options).then((store) => {
  if (store !== undefined) serve(store, (replies) => parentPort?.postMessage(replies));
});
