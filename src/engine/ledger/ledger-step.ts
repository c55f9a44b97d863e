import { patch } from '../../platform/catalogue/port.ts';
import { impossible, VarveError } from '../../platform/errors.ts';
import type { ObjectId } from '../blocks/block.ts';
import { type Cursor, cursorOf } from '../blocks/walk.ts';
import { entryKey, unmoved } from '../books/entries.ts';
import { type Fence, fenceStands } from '../books/fence.ts';
import { readObjectRows } from '../books/object-rows.ts';
import type { RefAt } from '../books/plans.ts';
import { countRefs, pagesAmong, refWrites } from '../books/refs.ts';
import { type EntryRow, entryEntity, type ObjectRow } from '../books/rows.ts';
import type { EngineDeps } from '../deps.ts';

const NOTHING_FOUND: ReadonlyMap<ObjectId, number> = new Map();
const ATTEMPTS = 20; // each one lost to another writer of the same objects

export type StepOutcome =
  | { readonly kind: 'done'; readonly entry: EntryRow }
  /** Somebody else has moved the entry on. */
  | { readonly kind: 'moved' }
  /** Objects that were seen in the store may be gone again: look once more. Nothing was done. */
  | { readonly kind: 'stale' };

/** Taking needs to know what was seen in the store, and since when; see fence.ts. */
export type Step =
  | { readonly sign: -1 }
  | {
      readonly sign: 1;
      readonly found: ReadonlyMap<ObjectId, number>;
      /** As read before; what this step makes of them is entered for the next one. */
      readonly rows: Map<ObjectId, ObjectRow>;
      readonly fence: Fence;
    };

/**
 * Applies references at some places, and the mark that they are applied, in one transaction:
 * exactly once, whatever is repeated or killed (I3). Throws `ObjectTombstoned`, with nothing done.
 */
export async function applyStep(
  deps: Pick<EngineDeps, 'catalogue' | 'clock'>,
  entry: EntryRow,
  refs: readonly RefAt[],
  step: Step,
): Promise<StepOutcome> {
  const last = refs.at(-1);
  if (last === undefined) return { kind: 'done', entry };
  const counts = countRefs(
    refs.map(({ id }) => id),
    step.sign,
  );
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const asRead = attempt === 1 && step.sign === 1;
    const rows = asRead ? step.rows : await readObjectRows(deps.catalogue, entry.domainId, counts.keys());
    const outcome = await attemptStep(deps, entry, { step, counts, rows, refs, place: cursorOf(last) });
    if (outcome !== 'again') return outcome;
  }
  throw new VarveError('Throttled', 'objects are being changed by many at once', { retryAfterMs: 1000 });
}

interface StepAttempt {
  readonly step: Step;
  readonly counts: ReadonlyMap<ObjectId, number>;
  readonly rows: ReadonlyMap<ObjectId, ObjectRow>;
  readonly refs: readonly RefAt[];
  /** Where the entry stands after it. */
  readonly place: Cursor;
}

async function attemptStep(
  deps: Pick<EngineDeps, 'catalogue' | 'clock'>,
  entry: EntryRow,
  { step, counts, rows, refs, place }: StepAttempt,
): Promise<StepOutcome | 'again'> {
  const now = deps.clock.now();
  const found = step.sign === 1 ? step.found : NOTHING_FOUND;
  const { writes, tally, tombstoned, short, unknown, makesRows } = refWrites(entry.domainId, counts, rows, found, {
    now,
    pages: pagesAmong(refs),
  });
  if (tombstoned.length > 0) throw tombstonedError(tombstoned);
  if (short.length > 0) return movedOrBroken(deps, entry, short);
  if (unknown.length > 0) return { kind: 'stale' };
  const dropped = step.sign < 0 ? droppedBlocks(refs, rows) : { droppedBlocks: 0, droppedBytes: 0 };
  const set = { atBlock: place.lastBlock, atHeight: place.height, touchedAt: now };
  const mark = patch(entryEntity, entryKey(entry), { set, add: { ...tally, ...dropped }, when: unmoved(entry) });
  const fence = step.sign === 1 && makesRows ? [fenceStands(entry.domainId, step.fence)] : [];
  const outcome = await deps.catalogue.transact([mark, ...fence, ...writes]);
  if (outcome.ok) {
    if (step.sign === 1) enterTaken(entry.domainId, counts, step);
    return { kind: 'done', entry: advanced(entry, set, { ...tally, ...dropped }) };
  }
  if (outcome.failed.includes(0)) return { kind: 'moved' };
  if (fence.length > 0 && outcome.failed.includes(1)) return { kind: 'stale' };
  return 'again';
}

function enterTaken(
  domainId: string,
  counts: ReadonlyMap<ObjectId, number>,
  { rows, found }: Step & { sign: 1 },
): void {
  for (const [id, count] of counts) {
    const row = rows.get(id);
    const storedBytes = row?.storedBytes ?? found.get(id) ?? 0;
    rows.set(id, { domainId, id, refs: (row?.refs ?? 0) + count, storedBytes });
  }
}

/** Another worker at the same entry was faster, or a count is wrong; the entry tells which. */
async function movedOrBroken(
  deps: Pick<EngineDeps, 'catalogue'>,
  entry: EntryRow,
  short: readonly ObjectId[],
): Promise<StepOutcome> {
  const now = await deps.catalogue.get(entryEntity, entryKey(entry));
  const moved = now?.phase !== entry.phase || now.atBlock !== entry.atBlock || now.atHeight !== entry.atHeight;
  if (moved) return { kind: 'moved' };
  const some = short.slice(0, 5).join(', ');
  throw impossible(`objects of ${entry.domainId} have fewer references than entry ${entry.id} drops: ${some}`);
}

export function tombstonedError(ids: readonly ObjectId[]): VarveError {
  return new VarveError('ObjectTombstoned', `${ids.length} objects are just being reclaimed`, {
    objectIds: ids.slice(0, 20),
    retryAfterMs: 1000,
  });
}

function droppedBlocks(refs: readonly RefAt[], rows: ReadonlyMap<ObjectId, { storedBytes: number }>) {
  const blocks = refs.filter(({ height }) => height === 0);
  const bytes = blocks.reduce((sum, { id }) => sum + (rows.get(id)?.storedBytes ?? 0), 0);
  return { droppedBlocks: blocks.length, droppedBytes: bytes };
}

function advanced(entry: EntryRow, set: Partial<EntryRow>, add: Readonly<Record<string, number>>): EntryRow {
  const sums = Object.entries(add).map(([name, by]) => [name, (entry[name as keyof EntryRow] as number) + by]);
  return { ...entry, ...set, ...(Object.fromEntries(sums) as Partial<EntryRow>) };
}

/** Cuts a stream of places into steps of at most `size` distinct objects. */
export async function* steps(batches: AsyncIterable<readonly RefAt[]>, size: number): AsyncGenerator<RefAt[]> {
  let step: RefAt[] = [];
  let distinct = new Set<ObjectId>();
  for await (const batch of batches) {
    for (const ref of batch) {
      if (!distinct.has(ref.id) && distinct.size === size) {
        yield step;
        step = [];
        distinct = new Set();
      }
      step.push(ref);
      distinct.add(ref.id);
    }
  }
  if (step.length > 0) yield step;
}
