import type { Reply, Request, Trouble } from './requests.ts';
import { isDamage, isFull, isLost, type SqliteStore } from './store.ts';

/** Transactions of one sync to the disk: the last of a crowd waits some tens of milliseconds. */
const LARGEST_GROUP = 128;

/**
 * Answers what waits. What only reads goes first, so that it waits for no sync. All writes that
 * wait share a sync; one that finds the disk full is tried by itself, as others may still fit in,
 * or make room.
 */
export function answerAll(store: SqliteStore, waiting: readonly Request[], reply: (replies: Reply[]) => void): void {
  const writes: Request<'write'>[] = [];
  const others: Reply[] = [];
  for (const request of waiting) {
    if (request.kind === 'write') writes.push(request);
    else if (request.kind === 'read') others.push(guarded(request, () => store.read(request.input)));
    else if (request.kind === 'list') others.push(guarded(request, () => store.list(request.input)));
    else if (request.kind === 'scan') others.push(guarded(request, () => store.scan(request.input)));
    else if (request.kind === 'dropExpired') {
      const { epochSeconds, limit } = request.input;
      others.push(guarded(request, () => store.dropExpired(epochSeconds, limit)));
    }
  }
  if (others.length > 0) reply(others);
  for (let at = 0; at < writes.length; at += LARGEST_GROUP)
    reply(writeGroup(store, writes.slice(at, at + LARGEST_GROUP)));
}

function writeGroup(store: SqliteStore, group: readonly Request<'write'>[]): Reply[] {
  try {
    const outcomes = store.write(group.map(({ input }) => input));
    return group.map(({ id }, at) => ({ id, answer: outcomes[at] as (typeof outcomes)[number] }));
  } catch (error) {
    if (group.length === 1 || isLost(error)) return group.map(({ id }) => ({ id, trouble: troubleOf(error) }));
    return group.flatMap((request) => writeGroup(store, [request]));
  }
}

function guarded({ id }: Request, work: () => Extract<Reply, { answer: unknown }>['answer']): Reply {
  try {
    return { id, answer: work() };
  } catch (error) {
    return { id, trouble: troubleOf(error) };
  }
}

export function troubleOf(error: unknown): Trouble {
  const kind = isFull(error) ? 'FULL' : isLost(error) ? 'LOST' : isDamage(error) ? 'DAMAGED' : 'FAILED';
  return { kind, message: (error as Error).message };
}

/** A copy that fails says nothing of the database: the disk of the copy may be another one. */
export function troubleOfCopy(error: unknown): Trouble {
  const { kind, message } = troubleOf(error);
  return { kind: kind === 'LOST' ? 'FAILED' : kind, message };
}
