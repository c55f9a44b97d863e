import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { NoSpaceError, VarveError } from '../../errors.ts';
import { startThread, type ThreadFile } from '../../program/start-thread.ts';
import type { PrimaryKey } from '../keys.ts';
import type { Migrated, MigrateOptions } from './migrate.ts';
import type { Opened, Reply, Request, RequestKind, Requests, Trouble } from './requests.ts';
import { RowCache } from './row-cache.ts';

/** The thread of the database, as the rest of the process sees it. */
export interface Connection {
  ask<Kind extends RequestKind>(kind: Kind, input: Requests[Kind]['input']): Promise<Requests[Kind]['answer']>;
  /** Rows as JSON, in the order of their keys. */
  read(keys: readonly PrimaryKey[]): Promise<(string | undefined)[]>;
  /**
   * Resolves when the database is of no more use: a sync failed, or the thread ended. The process
   * must end without another acknowledgement.
   */
  readonly lost: Promise<Error>;
  /** Resolves when SQLite finds the file damaged. What it can read of it is still answered. */
  readonly damaged: Promise<Error>;
  /** Set if the database had an earlier version. */
  readonly migrated?: Migrated;
  close(): Promise<void>;
}

/** The database cannot be used as it is. The message is one sentence for the operator. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** Its content is not what SQLite wrote: it has to be restored or rebuilt. */
  readonly isDamaged: boolean;

  constructor(message: string, isDamaged: boolean) {
    super(message);
    this.isDamaged = isDamaged;
  }
}

const THREAD: ThreadFile = { from: import.meta.url, source: './thread.ts', bundle: 'catalogue-thread' };

/** A disk that does not answer: callers are told well before their own callers give up. */
const LONGEST_WAIT_MS = 15_000;
const LOOK_MS = 1_000;
/** A copy takes as long as the database is large. */
const WITHOUT_LIMIT: ReadonlySet<RequestKind> = new Set(['backup', 'close']);

interface Pending {
  readonly request: Request;
  readonly since: number;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: unknown) => void;
}

export async function connect(path: string, options: MigrateOptions): Promise<Connection> {
  const worker = startThread(THREAD, { workerData: { path, options }, name: 'catalogue' });
  const [opened] = (await once(worker, 'message')) as [Opened];
  if (!opened.open) {
    await worker.terminate();
    const message = opened.name === 'VersionError' ? opened.message : `${path}: ${opened.message}.`;
    throw new DatabaseError(message, opened.isDamaged);
  }
  return { ...connectionTo(worker), ...(opened.migrated && { migrated: opened.migrated }) };
}

function connectionTo(worker: Worker): Connection {
  const pending = new Map<number, Pending>();
  const { promise: lost, resolve: lose } = Promise.withResolvers<Error>();
  const { promise: damaged, resolve: noteDamage } = Promise.withResolvers<Error>();
  let outgoing: Request[] = [];
  let lastId = 0;
  let gone: Error | undefined;

  const end = (error: Error) => {
    gone ??= error;
    lose(gone);
    for (const { request, reject } of pending.values()) reject(unknownOutcome(request.kind, gone));
    pending.clear();
  };
  const rows = new RowCache();
  worker.on('message', (replies: readonly Reply[]) => {
    for (const reply of replies) {
      const asked = pending.get(reply.id);
      pending.delete(reply.id);
      if (asked !== undefined) rows.learn(asked.request, reply);
      if (!('trouble' in reply)) asked?.resolve(reply.answer as never);
      else {
        asked?.reject(errorOf(reply.trouble, asked.request.kind));
        if (reply.trouble.kind === 'DAMAGED') noteDamage(new Error(reply.trouble.message));
        if (reply.trouble.kind === 'LOST') end(new Error(`The catalogue: ${reply.trouble.message}`));
      }
    }
  });
  worker.on('error', end);
  worker.on('exit', () => end(new Error('The thread of the catalogue has ended.')));
  /** Only while somebody waits: a process that does nothing should not wake up. */
  let watch: NodeJS.Timeout | undefined;
  const look = () => {
    const before = performance.now() - LONGEST_WAIT_MS;
    // They stay until their reply comes: what it says of rows is true all the same.
    for (const { request, since, reject } of pending.values())
      if (since < before && !WITHOUT_LIMIT.has(request.kind))
        reject(unknownOutcome(request.kind, new Error(`no answer within ${LONGEST_WAIT_MS} ms`)));
    if (pending.size > 0) return;
    clearInterval(watch);
    watch = undefined;
  };

  const ask: Connection['ask'] = (kind, input) =>
    new Promise((resolve, reject) => {
      if (gone !== undefined) return reject(gone);
      const id = ++lastId;
      const request = { id, kind, input } as Request;
      pending.set(id, { request, since: performance.now(), resolve, reject });
      watch ??= setInterval(look, LOOK_MS).unref();
      if (outgoing.length === 0)
        queueMicrotask(() => {
          worker.postMessage(outgoing);
          outgoing = [];
        });
      outgoing.push(request);
    });
  const read: Connection['read'] = async (keys) => {
    const known = keys.map((key) => rows.get(key));
    const unknown = keys.filter((_, at) => known[at] === undefined);
    if (gone !== undefined) throw gone;
    const found = unknown.length === 0 ? [] : await ask('read', unknown);
    let next = 0;
    return known.map((row) => (row === undefined ? found[next++] : row.item));
  };
  return {
    ask,
    read,
    lost,
    damaged,
    close: async () => {
      if (gone === undefined) await ask('close', undefined);
      gone ??= new Error('The catalogue is closed.');
      clearInterval(watch);
      await worker.terminate();
    },
  };
}

function errorOf({ kind, message }: Trouble, asked: RequestKind): Error {
  if (kind === 'FULL') return new NoSpaceError('The catalogue has no space left.');
  if (kind === 'DAMAGED') return new DatabaseError(message, true);
  const error = new Error(`The catalogue: ${message}`);
  return kind === 'LOST' ? unknownOutcome(asked, error) : error;
}

function unknownOutcome(kind: RequestKind, cause: Error): VarveError {
  const extra = { retryAfterMs: LOOK_MS, ...(kind === 'write' && { mayBeDone: true }) };
  return new VarveError('Throttled', 'The catalogue does not answer.', extra, cause);
}
