import { absent, equal, put } from '../../platform/catalogue/port.ts';
import type { ObjectId } from '../blocks/block.ts';
import { readObjectRows } from '../books/object-rows.ts';
import { markAsSeen } from '../books/refs.ts';
import { type EntryRow, objectEntity } from '../books/rows.ts';
import type { EngineDeps } from '../deps.ts';
import type { Switch } from './commit.ts';

/**
 * Well within the time for which a new upload is no orphan (`ReclaimTimes.holdMs`, from the entry's
 * opening on).
 */
const FRESH_MS = 60_000;
const BATCH = 90; // writes of one transaction

/**
 * Undoing an entry walks the pages of its new root, of which perhaps none has a reference yet. What
 * dies after the entry was opened stays as long as the entry does (`oldestWork`); what was dead
 * before has its death put off to now, and uploads are fresh:
 *
 *     writer:   opens entry … page is dead, no tombstone: dies again … takes … (dies)
 *     reclaim:                              page is not due while the entry stands: can be undone
 *
 * False when that does not hold, and the commit must begin again. `tombstoned`: these are just
 * being reclaimed.
 */
export async function securePages(
  deps: EngineDeps,
  opened: EntryRow,
  { newPages, begunAt, rows }: Switch,
): Promise<{ readonly ok: boolean; readonly tombstoned: readonly ObjectId[] }> {
  if (opened.createdAt - begunAt > FRESH_MS) return { ok: false, tombstoned: [] };
  const ids = newPages.map(({ id }) => id);
  const now = await readObjectRows(deps.catalogue, opened.domainId, ids);
  const tombstoned = [...now.values()]
    .filter(({ tombstonedAt }) => tombstonedAt !== undefined)
    .map(({ id }) => id as ObjectId);
  if (tombstoned.length > 0) return { ok: false, tombstoned };
  const dead = [...now.values()].filter(({ refs }) => refs === 0);
  for (let at = 0; at < dead.length; at += BATCH) {
    const writes = dead
      .slice(at, at + BATCH)
      .map((row) =>
        put(objectEntity, { ...row, zeroAt: deps.clock.now() }, [
          equal('refs', 0),
          equal('zeroAt', row.zeroAt ?? 0),
          absent('tombstonedAt'),
          markAsSeen(row),
        ]),
      );
    if (!(await deps.catalogue.transact(writes)).ok) return { ok: false, tombstoned: [] };
  }
  for (const [id, row] of now) rows.set(id, row);
  return { ok: true, tombstoned: [] };
}
