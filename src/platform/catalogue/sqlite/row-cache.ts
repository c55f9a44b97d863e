import { LRUCache } from 'lru-cache';
import type { PrimaryKey } from '../keys.ts';
import type { StoredWrite } from './item.ts';
import type { Reply, Request, RequestKind, Requests } from './requests.ts';

/** A row as the database has it; without `item` there is none. */
export interface KnownRow {
  readonly item: string | undefined;
}

/** About 4 MB of JSON. */
const MOST_BYTES = 4 * 1024 * 1024;
/** Of an entry beside its text. */
const ENTRY_BYTES = 200;

/**
 * Rows as the last reply of the thread left them. This process is the only one that writes, and the
 * thread answers in the order in which it works. So what is known after a reply is what the
 * database has after the last acknowledged write. To ask the thread costs more than the read
 * itself, and would bring nothing newer that anybody was told of.
 */
export class RowCache {
  readonly #rows = new LRUCache<string, KnownRow>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ item }) => (item?.length ?? 0) + ENTRY_BYTES,
  });

  get(key: PrimaryKey): KnownRow | undefined {
    return this.#rows.get(textOf(key));
  }

  /** To be called for each reply, in their order; also for those for which nobody waits. */
  learn(request: Request, reply: Reply): void {
    if (request.kind === 'read') this.#learnRead(request.input, answerIn<'read'>(reply));
    else if (request.kind === 'write') this.#learnWrite(request.input, answerIn<'write'>(reply));
    else if (request.kind === 'dropExpired' && answerIn<'dropExpired'>(reply) !== 0) this.#rows.clear();
  }

  #learnRead(keys: readonly PrimaryKey[], items: Answer<'read'> | undefined): void {
    if (items !== undefined) for (const [at, key] of keys.entries()) this.#rows.set(textOf(key), { item: items[at] });
  }

  #learnWrite(writes: readonly StoredWrite[], written: Answer<'write'> | undefined): void {
    if (written === undefined) this.#rows.clear(); // what became of it is not known
    if (!written?.ok) return;
    for (const [at, write] of writes.entries()) {
      const item = write.kind === 'put' ? write.text : written.after[at];
      if (item !== undefined) this.#rows.set(textOf(write), { item: item ?? undefined });
    }
  }
}

type Answer<Kind extends RequestKind> = Requests[Kind]['answer'];

/** Of the reply to a request of this kind; undefined where that met with trouble. */
function answerIn<Kind extends RequestKind>(reply: Reply): Answer<Kind> | undefined {
  return 'trouble' in reply ? undefined : (reply.answer as Answer<Kind>);
}

const textOf = ({ pk, sk }: PrimaryKey): string => `${pk}\0${sk}`;
