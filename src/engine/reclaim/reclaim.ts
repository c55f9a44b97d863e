import { mapBounded } from '../../platform/bounded.ts';
import { absent, type Condition, equal, patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import { isFromTheFuture } from '../../platform/time/clock-trust.ts';
import { type ObjectId, objectKey } from '../blocks/block.ts';
import { type Fence, fenceStands, raiseFence, readFence } from '../books/fence.ts';
import { anyCountShard, countWrite } from '../books/object-rows.ts';
import { NO_TALLY } from '../books/refs.ts';
import { entryEntity, LEDGER_SHARDS, type ObjectRow, objectEntity } from '../books/rows.ts';
import type { Domain, EngineDeps } from '../deps.ts';

export interface ReclaimTimes {
  /** How long an object stays without references before it may go. */
  readonly graceMs: number;
  /** How long a tombstone stands at least: longer than a delete that was sent may still arrive. */
  readonly holdMs: number;
  /** A delete is sent only so soon after its tombstone was (again) written. */
  readonly sendWithinMs: number;
}

export const RECLAIM_TIMES: ReclaimTimes = { graceMs: 24 * 3600_000, holdMs: 120_000, sendWithinMs: 20_000 };

export interface ReclaimResult {
  readonly tombstoned: number;
  readonly freedObjects: number;
  readonly freedBytes: number;
  /** Work is left that is due already. */
  readonly more: boolean;
}

export const ZERO_SHARDS = [...'0123456789abcdef'];
const BATCH = 90; // writes of one transaction, with room for the counter
const HEADS_IN_FLIGHT = 16;
const TOMBSTONES_IN_FLIGHT = 16;
/** Rows for which the fence, a write a slot, is raised once. */
const FORGOTTEN_TOGETHER = 1000;

/**
 * Deletes objects that have been without references for longer than the grace time (I4), in three
 * steps that may each be repeated, and run beside any number of others and of writers:
 *
 * 1. tombstone, if there still are no references: from now on nobody can refer to the object;
 * 2. delete it from the store;
 * 3. once the tombstone has stood long enough and the object is gone: raise the fence, forget the
 *    row.
 *
 * A process that slept between 1 and 2 writes its tombstone again first; if the row is gone or
 * alive by then, it deletes nothing. While the clock is ahead of what explains it, nothing is done.
 */
export async function reclaim(
  deps: EngineDeps,
  times: ReclaimTimes,
  domain: Domain,
  until: number,
): Promise<ReclaimResult> {
  const sum = { tombstoned: 0, freedObjects: 0, freedBytes: 0, more: false };
  const gone: ObjectRow[] = [];
  const forgetGone = async (): Promise<void> => {
    const freed = await forget(deps, domain, gone.splice(0));
    sum.freedObjects += freed.freedObjects;
    sum.freedBytes += freed.freedBytes;
  };
  const now = deps.clock.now();
  if (!deps.trust.mayDeleteByTime(now)) return sum;
  const dueBefore = Math.min(now - times.graceMs, await oldestWork(deps));
  for (const zeroShard of ZERO_SHARDS) {
    const query = { index: 'byZero' as const, partition: { domainId: domain.domainId, zeroShard }, pageSize: BATCH };
    for await (const { rows, more } of pagesOfRows(deps.catalogue, objectEntity, query)) {
      if (!deps.trust.mayDeleteByTime(deps.clock.now())) break;
      const due = rows.filter((row) => deps.trust.correct(row.zeroAt ?? 0) < dueBefore);
      sum.tombstoned += await bury(
        deps,
        times,
        domain,
        due.filter((row) => row.tombstonedAt === undefined),
      );
      const standing = due.filter(
        (row) => row.tombstonedAt !== undefined && deps.clock.now() - row.tombstonedAt >= times.holdMs,
      );
      gone.push(...(await seeGone(deps, times, domain, standing)));
      await tombstoneFromNow(deps, due);
      if (gone.length >= FORGOTTEN_TOGETHER) await forgetGone();
      if (!more || due.length < rows.length) break;
      if (deps.clock.now() >= until) {
        await forgetGone();
        return { ...sum, more: true };
      }
    }
  }
  await forgetGone();
  return sum;
}

/**
 * Tombstones of a clock that was ahead would stand until that time has come: they have stood from
 * now on, as nobody knows when their deletes were sent.
 */
async function tombstoneFromNow(deps: EngineDeps, rows: readonly ObjectRow[]): Promise<void> {
  const now = deps.clock.now();
  if (!deps.trust.isTrusted(now)) return;
  const ahead = rows.filter(({ tombstonedAt = 0 }) => isFromTheFuture(tombstonedAt, now));
  await tombstone(deps, ahead, (row) => [equal('refs', 0), equal('tombstonedAt', row.tombstonedAt ?? 0)]);
}

/**
 * Walks that are under way may still read pages that lost their references since the oldest of them
 * began.
 */
export async function oldestWork(deps: EngineDeps): Promise<number> {
  let oldest = Number.POSITIVE_INFINITY;
  for (let shard = 0; shard < LEDGER_SHARDS; shard++) {
    const { rows } = await deps.catalogue.list(entryEntity, { partition: { shard }, limit: 1 });
    oldest = Math.min(oldest, rows[0]?.createdAt ?? Number.POSITIVE_INFINITY);
  }
  return oldest;
}

/** Steps 1 and 2. Answers how many were tombstoned. */
async function bury(
  deps: EngineDeps,
  times: ReclaimTimes,
  domain: Domain,
  rows: readonly ObjectRow[],
): Promise<number> {
  const { buried, at } = await tombstone(deps, rows, (row) => [
    equal('refs', 0),
    equal('zeroAt', row.zeroAt ?? 0),
    absent('tombstonedAt'),
  ]);
  await deleteNow(deps, times, domain, buried, at);
  return buried.length;
}

/**
 * One by one, for half the price of a transaction: none needs another. One that was written
 * although its answer was lost counts as not written; the next pass meets it like any that nobody
 * has deleted yet.
 */
async function tombstone(
  deps: EngineDeps,
  rows: readonly ObjectRow[],
  when: (row: ObjectRow) => Condition<ObjectRow>[],
) {
  const at = deps.clock.now();
  const written = await mapBounded(rows, TOMBSTONES_IN_FLIGHT, (row) =>
    deps.catalogue.tryWrite(
      patch(objectEntity, { domainId: row.domainId, id: row.id }, { set: { tombstonedAt: at }, when: when(row) }),
    ),
  );
  return { buried: rows.filter((_, place) => written[place]), at };
}

/**
 * Sends the delete only while the tombstone is fresh: by `holdMs` later every delete has arrived,
 * or never will.
 */
async function deleteNow(
  deps: EngineDeps,
  times: ReclaimTimes,
  domain: Domain,
  rows: readonly ObjectRow[],
  at: number,
): Promise<void> {
  const sinceMs = deps.clock.now() - at;
  // After a clock was set back, nobody knows how long ago it was.
  const isFresh = sinceMs >= 0 && sinceMs <= times.sendWithinMs;
  if (rows.length === 0 || !isFresh) return; // the next pass finds the tombstones
  await deps.objects(domain.regionId).remove(rows.map(({ id }) => objectKey(domain.domainId, id as ObjectId)));
}

/**
 * Which of the rows have lost their object; and again 1 and 2 for objects whose delete never
 * arrived.
 */
async function seeGone(
  deps: EngineDeps,
  times: ReclaimTimes,
  domain: Domain,
  rows: readonly ObjectRow[],
): Promise<ObjectRow[]> {
  const objects = deps.objects(domain.regionId);
  const found = await mapBounded(rows, HEADS_IN_FLIGHT, ({ id }) =>
    objects.head(objectKey(domain.domainId, id as ObjectId)),
  );
  const still = rows.filter((_, place) => found[place] !== undefined);
  const again = await tombstone(deps, still, (row) => [equal('refs', 0), equal('tombstonedAt', row.tombstonedAt ?? 0)]);
  await deleteNow(deps, times, domain, again.buried, again.at);
  return rows.filter((_, place) => found[place] === undefined);
}

/** Step 3, for rows whose objects were seen to be gone. */
async function forget(deps: EngineDeps, domain: Domain, gone: readonly ObjectRow[]) {
  if (gone.length === 0) return { freedObjects: 0, freedBytes: 0 };
  await raiseFence(deps.catalogue, domain.domainId);
  return forgetRows(deps, domain, gone);
}

async function forgetRows(deps: EngineDeps, domain: Domain, gone: readonly ObjectRow[]) {
  const sum = { freedObjects: 0, freedBytes: 0 };
  for (let at = 0; at < gone.length; at += BATCH) {
    const freed = await forgetBatch(deps, domain, gone.slice(at, at + BATCH));
    sum.freedObjects += freed.freedObjects;
    sum.freedBytes += freed.freedBytes;
  }
  return sum;
}

async function forgetBatch(deps: EngineDeps, domain: Domain, gone: readonly ObjectRow[]) {
  const shard = anyCountShard(deps.random);
  let rows = gone;
  let counterExists = true;
  while (rows.length > 0) {
    const bytes = rows.reduce((total, { storedBytes }) => total + storedBytes, 0);
    const freed = { freedObjects: rows.length, freedBytes: bytes };
    const tally = {
      ...NO_TALLY,
      objects: -rows.length,
      storedBytes: -bytes,
      deadObjects: -rows.length,
      deadBytes: -bytes,
      ...freed,
    };
    const writes: Write[] = rows.map((row) =>
      remove(objectEntity, { domainId: row.domainId, id: row.id }, [
        equal('refs', 0),
        equal('tombstonedAt', row.tombstonedAt ?? 0),
      ]),
    );
    const outcome = await deps.catalogue.transact([...writes, countWrite(domain, shard, tally, counterExists)]);
    if (outcome.ok) return freed;
    if (outcome.failed.includes(writes.length)) counterExists = !counterExists;
    rows = rows.filter((_, place) => !outcome.failed.includes(place));
  }
  return { freedObjects: 0, freedBytes: 0 };
}

const LIST_PAGE = 1000;

/**
 * Looks at the next stretch of a domain's keys for uploads that no commit ever referred to. It
 * gives those older than the grace time a row without references, so they go like all others, a
 * grace time from now. Answers where to go on; `undefined` at the end.
 */
export async function findOrphans(
  deps: EngineDeps,
  times: ReclaimTimes,
  domain: Domain,
  after: string | undefined,
): Promise<{ readonly found: number; readonly next: string | undefined }> {
  const prefix = objectKey(domain.domainId, '' as ObjectId);
  const fence = await readFence(deps.catalogue, domain.domainId, 'janitor');
  const page = await deps
    .objects(domain.regionId)
    .list(prefix, { limit: LIST_PAGE, ...(after !== undefined && { after }) });
  const oldest = Math.min(deps.clock.now() - times.graceMs, await oldestWork(deps));
  const old = page.keys.filter(({ modifiedAt }) => modifiedAt < oldest - times.holdMs);
  const rows = await deps.catalogue.getMany(
    objectEntity,
    old.map(({ key }) => ({ domainId: domain.domainId, id: key.slice(prefix.length) })),
  );
  const orphans = old.filter((_, place) => rows[place] === undefined);
  let found = 0;
  for (let at = 0; at < orphans.length; at += BATCH)
    found += await adopt(deps, domain, prefix, fence, orphans.slice(at, at + BATCH));
  return { found, next: page.more ? page.keys.at(-1)?.key : undefined };
}

async function adopt(
  deps: EngineDeps,
  domain: Domain,
  prefix: string,
  fence: Fence,
  orphans: readonly { key: string; sizeBytes: number }[],
): Promise<number> {
  let rest = orphans;
  let counterExists = true;
  const shard = anyCountShard(deps.random);
  while (rest.length > 0) {
    const bytes = rest.reduce((total, { sizeBytes }) => total + sizeBytes, 0);
    const tally = { ...NO_TALLY, objects: rest.length, storedBytes: bytes, deadObjects: rest.length, deadBytes: bytes };
    const zeroAt = deps.clock.now(); // an upload that finds it from now on has the whole grace time
    const writes = rest.map(({ key, sizeBytes }) => {
      const id = key.slice(prefix.length);
      return put(objectEntity, {
        domainId: domain.domainId,
        id,
        refs: 0,
        storedBytes: sizeBytes,
        zeroAt,
        zeroShard: id.slice(0, 1),
        isOrphan: true,
      });
    });
    const count = countWrite(domain, shard, tally, counterExists);
    const outcome = await deps.catalogue.transact([...writes, count, fenceStands(domain.domainId, fence)]);
    if (outcome.ok) return rest.length;
    // some may be gone by now; the next round sees
    if (outcome.failed.includes(writes.length + 1)) return 0;
    if (outcome.failed.includes(writes.length)) counterExists = !counterExists;
    rest = rest.filter((_, place) => !outcome.failed.includes(place));
  }
  return 0;
}
