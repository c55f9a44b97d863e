import type { BreachReason } from '../../generated/schema.ts';
import {
  absent,
  type Catalogue,
  type Condition,
  check,
  equal,
  patch,
  put,
  remove,
  type Write,
} from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { isFromTheFuture } from '../../platform/time/clock-trust.ts';
import { untilAccepted } from '../calls/attempts.ts';
import { seenNewest } from '../chains/counts.ts';
import { accountEntity } from '../model/accounts/rows.ts';
import { type ChainRow, chainEntity } from '../model/chains/rows.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { recordEvent } from '../model/events/record.ts';
import { relistDisk } from '../model/listed/disk-lists.ts';
import { countWrites, ofProtection } from '../model/overview/counter.ts';
import { policyEntity } from '../model/policies/rows.ts';
import { runEntity } from '../model/policies/run-rows.ts';
import { type Judged, judge, type Newest, NO_SNAPSHOTS, newestUsable } from '../model/watch/facts.ts';
import type { Objective } from '../model/watch/objective.ts';
import { reasonOf } from '../model/watch/reason.ts';
import { tagObjectivesEntity, type WatchRow, watchEntity } from '../model/watch/rows.ts';
import { BREACH, type BreachEnd, endOfBreach, newMark, unwatched } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';

export type WatchService = Pick<Service, 'catalogue' | 'clock' | 'random' | 'ids' | 'trust'>;

const HOUR_MS = 3600_000;

/**
 * Each disk that has an objective is looked at so often at least. So what no call tells, such as
 * damage, is seen within a day, and a look that a wrong clock put off is not put off for longer.
 */
export const LONGEST_WAIT_MS = 24 * HOUR_MS;
/** While a disk is in breach: its reason may change. */
const IN_BREACH_AGAIN_MS = HOUR_MS;

export type Looked = 'began' | 'ended' | 'same' | 'gone' | 'later';

/** What one look goes by. */
interface Seen {
  readonly watch: WatchRow;
  readonly disk: DiskRow;
  readonly chain: ChainRow | undefined;
  readonly newest: Newest;
  readonly judged: Judged;
}

/**
 * Looks at a disk whose time has come, and tells where a breach begins or has ended. The
 * transaction holds everything that the decision rests on, so a breach is told once, however many
 * janitors look, and none begins where a snapshot comes in the same moment:
 *
 *     janitor:  read (newest: Monday) ──────────────── breach: refused ── read (newest: now) ── later
 *     snapshot:          in the chain as the newest
 *
 * After a breach has begun the disk says so, and the next snapshot ends it (writes.ts). One that
 * comes out of the recycle bin has the disk looked at, as it may be older than the newest.
 */
export function lookAtDisk(service: WatchService, found: Pick<WatchRow, 'accountId' | 'diskId'>): Promise<Looked> {
  const { catalogue, clock, trust } = service;
  const { accountId, diskId } = found;
  return untilAccepted<Looked>(service, async () => {
    const watch = await catalogue.get(watchEntity, { accountId, diskId });
    const nowMs = clock.now();
    if (watch === undefined) return { ok: true, value: 'gone' };
    const isDue = watch.dueAt <= isoTime(nowMs) || isFromTheFuture(watch.dueAt, nowMs + LONGEST_WAIT_MS);
    if (!isDue || !trust.mayDeleteByTime(nowMs)) return { ok: true, value: 'later' };
    const disk = await catalogue.get(diskEntity, { accountId, id: diskId });
    if (disk === undefined) return forget(catalogue, watch);
    const seen = await seeDisk(catalogue, watch, disk, nowMs);
    if (seen === 'again') return { ok: false, refused: [] };
    return decide(service, seen, nowMs);
  });
}

async function seeDisk(catalogue: Catalogue, watch: WatchRow, disk: DiskRow, nowMs: number): Promise<Seen | 'again'> {
  const { accountId, id, region, policyId } = disk;
  const [chain, policy, objectives] = await Promise.all([
    catalogue.get(chainEntity, { accountId, id }),
    policyId === undefined ? undefined : catalogue.get(policyEntity, { accountId, id: policyId }),
    catalogue.get(tagObjectivesEntity, { accountId, region }),
  ]);
  const newest = chain === undefined ? NO_SNAPSHOTS : await newestUsable(catalogue, chain, nowMs);
  const judged = judge({ disk, policy, ofTags: objectives?.tags ?? [], newest });
  if (chain === undefined || newest.newest === undefined || chain.newestId !== undefined)
    return { watch, disk, chain, newest, judged };
  // Nobody knew which one is the newest: from now on the chain says so.
  const { manualCount, autoCount } = chain;
  const when = [equal('manualCount', manualCount), equal('autoCount', autoCount), absent('newestId')];
  await catalogue.transact([patch(chainEntity, { accountId, id }, { set: { newestId: newest.newest.id }, when })]);
  return 'again';
}

type Outcome =
  | { readonly ok: true; readonly value: Looked }
  | { readonly ok: false; readonly refused: readonly number[] };

async function decide(service: WatchService, seen: Seen, nowMs: number): Promise<Outcome> {
  const { watch, disk, judged } = seen;
  const { objective, breachAtMs } = judged;
  const isWatched = objective !== undefined && objective !== 'none' && breachAtMs !== undefined;
  const isDue = isWatched && breachAtMs <= nowMs;
  const protection: DiskRow['protection'] = isDue
    ? 'IN_BREACH'
    : isWatched
      ? 'PROTECTED'
      : objective === 'none'
        ? 'EXEMPT'
        : undefined;
  const againMs = isDue ? nowMs + IN_BREACH_AGAIN_MS : Math.min(breachAtMs ?? nowMs, nowMs + LONGEST_WAIT_MS);
  const when = [equal('mark', watch.mark)];
  const { snapshotBack = false, ...lookedAt } = watch;
  const moved = isWatched
    ? put(watchEntity, { ...lookedAt, dueAt: isoTime(againMs), mark: newMark(service) }, when)
    : remove(watchEntity, watch, when);
  const reason = isDue ? await whyInBreach(service.catalogue, seen, objective, isoTime(nowMs)) : undefined;
  if (protection === disk.protection && reason === disk.breachReason) {
    // Refused where somebody has moved it meanwhile: then it is looked at again.
    await service.catalogue.tryWrite(moved);
    return { ok: true, value: isWatched ? 'same' : 'gone' };
  }
  const found = { ...unwatched(disk), ...(protection && { protection }) };
  const by = snapshotBack && isWatched ? 'SNAPSHOT' : 'OBJECTIVE';
  if (!isDue || reason === undefined) return write(service, seen, { moved, found, ...ending(service, disk, by) });
  const after = { ...found, inBreachSince: disk.inBreachSince ?? isoTime(breachAtMs), breachReason: reason };
  const relisted = relistDisk(disk, after);
  if (disk.inBreachSince !== undefined)
    return write(service, seen, { moved, found: after, also: relisted, value: 'same' });
  const also = [...relisted, beginning(service, { after, objective, judged })];
  return write(service, seen, { moved, found: after, also, value: 'began' });
}

async function whyInBreach(
  catalogue: Catalogue,
  { disk, newest }: Seen,
  objective: Objective,
  now: string,
): Promise<BreachReason> {
  const { accountId, id: diskId, policyId } = disk;
  const [account, policy, { rows: runs }] = await Promise.all([
    catalogue.get(accountEntity, { id: accountId }),
    policyId === undefined ? undefined : catalogue.get(policyEntity, { accountId, id: policyId }),
    catalogue.list(runEntity, { partition: { accountId, diskId }, descending: true, limit: 1 }),
  ]);
  const lastRun = runs.find((run) => run.policyId === policyId);
  return reasonOf({ disk, account, policy, lastRun, newest, objective, now });
}

interface Decided {
  readonly moved: Write;
  /** The disk as it is now known to be. */
  readonly found: DiskRow;
  readonly also: readonly Write[];
  readonly value: Looked;
}

function ending(service: WatchService, disk: DiskRow, by: BreachEnd): Pick<Decided, 'also' | 'value'> {
  const also = endOfBreach(service, disk, by);
  return { also, value: also.length > 0 ? 'ended' : 'same' };
}

interface Beginning {
  readonly after: DiskRow;
  readonly objective: Objective;
  readonly judged: Judged;
}

function beginning(service: WatchService, { after, objective, judged: { newestUsableAt } }: Beginning): Write {
  const { accountId, region, id, name, inBreachSince = '', breachReason = '' } = after;
  const { hours: objectiveHours, source } = objective;
  const data = { name, reason: breachReason, objectiveHours, source, since: inBreachSince };
  return recordEvent(service, {
    accountId,
    region,
    type: 'breach.began',
    subject: { kind: 'disk', id },
    data: { ...data, newestUsableAt: newestUsableAt ?? null },
  });
}

async function write({ catalogue }: WatchService, { disk, chain }: Seen, decided: Decided): Promise<Outcome> {
  const { accountId, id } = disk;
  const { moved, found, also, value } = decided;
  const when = [...seenDisk(disk), ...seenObjective(disk)];
  const result = await catalogue.transact([
    moved,
    patch(diskEntity, { accountId, id }, { ...asChange(found), when }),
    ...also,
    ...(await countWrites(catalogue, disk, ofProtection(disk.protection, found.protection))),
    ...(chain === undefined ? [] : [check(chainEntity, { accountId, id }, [seenNewest(chain)])]),
  ]);
  return result.ok ? { ok: true, value } : { ok: false, refused: result.failed };
}

const FOUND = ['protection', ...BREACH] as const;

function asChange(found: DiskRow) {
  const { protection, inBreachSince, breachReason } = found;
  const set = {
    ...(protection && { protection }),
    ...(inBreachSince && { inBreachSince }),
    ...(breachReason && { breachReason }),
  };
  return { set, remove: FOUND.filter((name) => found[name] === undefined) };
}

/** What an objective rests on, beside what every change of a disk rests on. */
function seenObjective({ objectiveHours, tags }: DiskRow): Condition<DiskRow>[] {
  const own = objectiveHours === undefined ? absent('objectiveHours') : equal('objectiveHours', objectiveHours);
  return [own, equal('tags', tags)];
}

async function forget(catalogue: Catalogue, watch: WatchRow): Promise<Outcome> {
  await catalogue.tryWrite(remove(watchEntity, watch, [equal('mark', watch.mark)]));
  return { ok: true, value: 'gone' };
}
