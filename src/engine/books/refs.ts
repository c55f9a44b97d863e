import { absent, type Condition, equal, patch, put, type Write } from '../../platform/catalogue/port.ts';
import type { ObjectId } from '../blocks/block.ts';
import { isCommitted, type ObjectRow, objectEntity } from './rows.ts';

/** How often each object gains (> 0) or loses (< 0) a reference. */
export type RefCounts = ReadonlyMap<ObjectId, number>;

/** What reference changes do to the domain's counts. */
export interface Tally {
  readonly objects: number;
  readonly storedBytes: number;
  readonly deadObjects: number;
  readonly deadBytes: number;
  /** Of the objects with references, those that are pages. */
  readonly pages: number;
  /** References to blocks: by I1, the own blocks of all nodes together. */
  readonly blockRefs: number;
}

export const NO_TALLY: Tally = { objects: 0, storedBytes: 0, deadObjects: 0, deadBytes: 0, pages: 0, blockRefs: 0 };

export interface RefWrites {
  readonly writes: readonly Write[];
  readonly tally: Tally;
  /**
   * Objects that cannot be referred to just now. If there are any, the writes must not be carried
   * out.
   */
  readonly tombstoned: readonly ObjectId[];
  /**
   * Objects with fewer references than are to be dropped: what was read is out of date, or a count
   * is wrong.
   */
  readonly short: readonly ObjectId[];
  /** Objects without a row, and orphans, of which it is not known that they are in the store. */
  readonly unknown: readonly ObjectId[];
  /**
   * Whether the writes make rows, for objects that were just seen in the store: then the fence must
   * stand.
   */
  readonly makesRows: boolean;
}

/**
 * The writes that change references, chosen by the rows as they were just read. Each write states
 * what it relies on, so that it fails when somebody else was faster; then read again and ask again.
 * Additions far from zero commute and meet nobody:
 *
 *     refs > 0, more:            add            if refs > 0 and no tombstone
 *     refs = 0, more:            replace row    if refs = 0 and no tombstone     (leaves the index of dead objects)
 *     no row, more:              put            if there is none
 *     less, something remains:   add            if refs > n
 *     less, nothing remains:     replace row    if refs = n                      (enters the index of dead objects)
 *
 * `storedBytes` gives the sizes of objects without a row, and of orphans, which were found in the
 * object store; `pages` says which are pages.
 */
export function refWrites(
  domainId: string,
  counts: RefCounts,
  rows: ReadonlyMap<ObjectId, ObjectRow>,
  storedBytes: ReadonlyMap<ObjectId, number>,
  { now, pages }: { readonly now: number; readonly pages: ReadonlySet<ObjectId> },
): RefWrites {
  const writes: Write[] = [];
  const tombstoned: ObjectId[] = [];
  const short: ObjectId[] = [];
  const unknown: ObjectId[] = [];
  let makesRows = false;
  const tally = { ...NO_TALLY };
  for (const [id, count] of counts) {
    if (count === 0) continue;
    const row = rows.get(id);
    if (count > 0 && row?.tombstonedAt !== undefined) {
      tombstoned.push(id);
    } else if (count < 0 && (row?.refs ?? 0) < -count) {
      short.push(id);
    } else if (!isCommitted(row) && !storedBytes.has(id)) {
      unknown.push(id);
    } else if (row === undefined) {
      const sizeBytes = storedBytes.get(id) ?? 0;
      makesRows = true;
      writes.push(put(objectEntity, { domainId, id, refs: count, storedBytes: sizeBytes }, 'absent'));
      tally.objects++;
      tally.storedBytes += sizeBytes;
      if (pages.has(id)) tally.pages++;
      else tally.blockRefs += count;
    } else {
      const step = count > 0 ? gain(row, count) : lose(row, -count, now);
      writes.push(step.write);
      tally.deadObjects += step.dead;
      tally.deadBytes += step.dead * row.storedBytes;
      if (pages.has(id)) tally.pages -= step.dead;
      else tally.blockRefs += count;
    }
  }
  return { writes, tally, tombstoned, short, unknown, makesRows };
}

function gain(row: ObjectRow, count: number): { write: Write; dead: number } {
  const { domainId, id, storedBytes } = row;
  if (row.refs > 0) {
    const when: Condition<ObjectRow>[] = [{ attribute: 'refs', is: '>', value: 0 }, absent('tombstonedAt')];
    return { write: patch(objectEntity, { domainId, id }, { add: { refs: count }, when }), dead: 0 };
  }
  const when = [equal('refs', 0), absent('tombstonedAt'), markAsSeen(row), orphanAsSeen(row)];
  const alive: ObjectRow = { domainId, id, refs: count, storedBytes, ...markOf(row) };
  return { write: put(objectEntity, alive, when), dead: -1 };
}

function lose(row: ObjectRow, count: number, now: number): { write: Write; dead: number } {
  const { domainId, id, storedBytes } = row;
  if (row.refs > count) {
    const when: Condition<ObjectRow>[] = [{ attribute: 'refs', is: '>', value: count }];
    return { write: patch(objectEntity, { domainId, id }, { add: { refs: -count }, when }), dead: 0 };
  }
  const dead: ObjectRow = { domainId, id, refs: 0, storedBytes, ...placeAmongDead(id, now), ...markOf(row) };
  return { write: put(objectEntity, dead, [equal('refs', count), markAsSeen(row)]), dead: 1 };
}

/** Where reclaim finds an object without references. */
export function placeAmongDead(id: string, zeroAt: number): Pick<ObjectRow, 'zeroAt' | 'zeroShard'> {
  return { zeroAt, zeroShard: id.slice(0, 1) };
}

/**
 * A row that is written whole keeps the mark of damage, and fails if one has come or gone
 * meanwhile.
 */
export const markOf = ({ damagedAt }: ObjectRow) => (damagedAt === undefined ? {} : { damagedAt });
export const markAsSeen = ({ damagedAt }: ObjectRow): Condition<ObjectRow> =>
  damagedAt === undefined ? absent('damagedAt') : equal('damagedAt', damagedAt);

/**
 * The first reference to an orphan is taken by a commit that has looked at it. A row that has
 * become an orphan since it was read refuses the reference.
 */
const orphanAsSeen = (row: ObjectRow): Condition<ObjectRow> =>
  isCommitted(row) ? absent('isOrphan') : equal('isOrphan', true);

/** Of references at places, the objects that are pages. */
export function pagesAmong(refs: Iterable<{ readonly id: ObjectId; readonly height: number }>): Set<ObjectId> {
  const pages = new Set<ObjectId>();
  for (const { id, height } of refs) if (height > 0) pages.add(id);
  return pages;
}

export function countRefs(
  ids: Iterable<ObjectId>,
  sign: 1 | -1,
  counts: Map<ObjectId, number> = new Map(),
): Map<ObjectId, number> {
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + sign);
  return counts;
}
