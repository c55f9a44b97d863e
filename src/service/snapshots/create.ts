import type { CreateSnapshotInput, SnapshotKind } from '../../generated/schema.ts';
import { check, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { getAccount } from '../accounts/accounts.ts';
import { getSnapshotService, requireOpen } from '../accounts/snapshot-service.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { requireId, requireOwned } from '../calls/owned.ts';
import { parseTags, type Tags } from '../calls/tags.ts';
import { parseDescription, parseSnapshotName } from '../calls/text.ts';
import { countSnapshot, requireNoneInProgress, requireQuota, snapshotLimit } from '../chains/counts.ts';
import { requireAble } from '../model/accounts/arrears.ts';
import { type DiskRow, domainEntity } from '../model/disks/rows.ts';
import { requireSnapshotable, requireStatus } from '../model/disks/rules.ts';
import { unreadableOf } from '../model/disks/unreadable.ts';
import { tellAccomplished } from '../model/events/of-snapshots.ts';
import { holdersOf, holderWrites, requireHolders } from '../model/instances/holders.ts';
import { leaseEntity } from '../model/leases/rows.ts';
import { isAlive, seenLease } from '../model/leases/rules.ts';
import { listSnapshot } from '../model/listed/snapshot-lists.ts';
import type { AboutNode } from '../model/manifests/about.ts';
import { counterWrites, ofKind, readCounter } from '../model/overview/counter.ts';
import { expiryWrites } from '../model/snapshots/expiry-rows.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { FLUSH_WAIT_MS } from '../model/snapshots/progress-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { expiryOf, RETENTION_DAYS } from '../model/snapshots/rules.ts';
import { seenByNewest } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';
import { rowsOfAttempt } from './attempt-rows.ts';
import { begin } from './begin.ts';

/** A snapshot to be made; parsed. */
export interface NewSnapshot {
  readonly diskId: string;
  readonly kind: SnapshotKind;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly retentionDays?: number | undefined;
  /** Of an automatic one. */
  readonly policyId?: string | undefined;
  readonly tags: Tags;
}

export async function createSnapshot(
  service: Service,
  caller: Caller,
  input: CreateSnapshotInput,
): Promise<SnapshotRow> {
  const wanted = parseNewSnapshot(input);
  return takeSnapshot(service, caller, wanted, { operation: 'createSnapshot', token: input.clientToken });
}

export function parseNewSnapshot(input: CreateSnapshotInput): NewSnapshot {
  const { diskId, name, description, retentionDays } = input;
  return {
    diskId,
    kind: 'MANUAL',
    name: name == null ? undefined : parseSnapshotName('name', name),
    description: description == null ? undefined : parseDescription('description', description),
    retentionDays: retentionDays == null ? undefined : parseWhole('retentionDays', retentionDays, RETENTION_DAYS),
    tags: parseTags('tags', input.tags),
  };
}

/**
 * Rules 4.2 and 4.4: what is committed at this instant becomes a snapshot in one transaction, or a
 * refusal says why not. Where somebody holds the disk open for writing it only begins here; see
 * begin.ts.
 */
export async function takeSnapshot(
  service: Service,
  caller: Caller,
  wanted: NewSnapshot,
  call: { readonly operation: string; readonly token: string | null | undefined },
): Promise<SnapshotRow> {
  const onceCall = { ...call, accountId: caller.accountId, input: wanted };
  const { recorded, value } = await once(service, onceCall, (record) =>
    attemptSnapshot(service, caller, wanted, { record }),
  );
  return value ?? findSnapshot(service.catalogue, caller, recorded.snapshotId ?? '');
}

/** Everything that a snapshot needs, checked; what the transaction then takes as its conditions. */
export async function requireSnapshotAllowed(
  service: Service,
  caller: Caller,
  wanted: NewSnapshot,
  requireAlso: (disk: DiskRow) => void = () => undefined,
) {
  const { catalogue } = service;
  const { kind } = wanted;
  const diskId = requireId('d', 'Disk', wanted.diskId);
  const rows = rowsOfAttempt({ accountId: caller.accountId, diskId });
  const [found, row, lease, head] = await Promise.all([
    catalogue.get(rows.disk.entity, rows.disk.key),
    catalogue.get(rows.chain.entity, rows.chain.key),
    catalogue.get(rows.lease.entity, rows.lease.key),
    catalogue.get(rows.head.entity, rows.head.key),
  ]);
  const disk = requireOwned(caller, 'Disk', diskId, found);
  requireAlso(disk);
  const [account, { opened }, limit, counter] = await Promise.all([
    getAccount(catalogue, caller),
    getSnapshotService(catalogue, caller, disk.region),
    snapshotLimit(catalogue, disk, kind),
    readCounter(catalogue, disk),
  ]);
  requireOpen(opened, disk.region);
  requireAble(account, isoTime(service.clock.now()));
  requireSnapshotable(disk);
  requireStatus(disk, isoTime(service.clock.now()), 'SNAPSHOT');
  const holders = await holdersOf(catalogue, disk);
  requireHolders(holders, 'SNAPSHOT_DISK');
  const chain = requireOwned(caller, 'Chain', diskId, row);
  requireNoneInProgress(chain);
  requireQuota(chain, kind, limit);
  return { disk, chain, limit, holders, lease, head, counter };
}

interface Attempt {
  /** Writes of the caller's, in the same transaction. */
  readonly record: RecordCall;
  /** Throws where the caller needs more of the disk. */
  readonly requireAlso?: (disk: DiskRow) => void;
  /**
   * The snapshot's manifest is written here as well, which takes longer, but less in all than if a
   * worker is woken for it.
   */
  readonly withManifest?: boolean;
}

/** Decides and writes once; refused where the state has changed in between. */
export async function attemptSnapshot(
  service: Service,
  caller: Caller,
  wanted: NewSnapshot,
  { record, requireAlso, withManifest = false }: Attempt,
) {
  const { lease, head, ...allowed } = await requireSnapshotAllowed(service, caller, wanted, requireAlso);
  const { disk, chain, limit, holders, counter } = allowed;
  const one = ofKind(wanted.kind, 1);
  const row = newRow(service, disk, wanted);
  const { accountId } = caller;
  const recorded = { snapshotId: row.id };
  if (lease !== undefined && isAlive(lease, row.createdAt)) {
    const begun = begin(service, { row, disk, chain, limit, lease });
    const counted = counterWrites(counter, disk, one);
    const writes = [...record(recorded), ...begun.writes, ...counted, ...holderWrites(holders, false)];
    const outcome = await service.catalogue.transact(writes);
    if (!outcome.ok) return { ok: false as const, refused: outcome.failed };
    await service.queue.send([{ kind: 'snapshot', accountId, id: row.id }], { delayMs: FLUSH_WAIT_MS });
    return { ok: true as const, value: { recorded, value: begun.row } };
  }
  const about = async (): Promise<AboutNode> => {
    const domain = await service.catalogue.get(domainEntity, { id: row.domainId });
    return { snapshot: row, chain, ...(domain && { domain }) };
  };
  const seen = seenByNewest(service, disk);
  const taken = { accountId, headId: disk.id, snapshotId: row.id, head, about: withManifest ? about : undefined };
  const result = await service.tree.snapshot(taken, () => [
    ...record(recorded),
    put(snapshotEntity, row),
    ...listSnapshot(row),
    ...expiryWrites(row),
    ...countSnapshot(service, chain, row, limit),
    tellAccomplished(service, row),
    ...seen.writes,
    ...counterWrites(counter, disk, one, seen.count),
    ...holderWrites(holders, false),
    // It may have been read ahead, and renewed since: then its holder is to be asked.
    ...(lease === undefined ? [] : [check(leaseEntity, { accountId, diskId: disk.id }, seenLease(lease))]),
  ]);
  return result.ok ? { ok: true as const, value: { recorded, value: row } } : result;
}

function newRow(service: Service, disk: DiskRow, wanted: NewSnapshot): SnapshotRow {
  const now = service.clock.now();
  const id = service.ids.next('s');
  const { name = id, description, retentionDays, policyId, kind, tags } = wanted;
  return {
    accountId: disk.accountId,
    id,
    region: disk.region,
    name,
    kind,
    status: 'ACCOMPLISHED',
    consistency: 'COMMITTED',
    diskId: disk.id,
    diskKind: disk.kind,
    sizeBytes: disk.sizeBytes,
    domainId: disk.domainId,
    diskCount: 0,
    imageCount: 0,
    tags,
    createdAt: isoTime(now),
    ...unreadableOf(disk),
    ...(disk.keyId === undefined ? {} : { keyId: disk.keyId }),
    ...(policyId === undefined ? {} : { policyId }),
    ...(description === undefined ? {} : { description }),
    ...(retentionDays === undefined ? {} : { retentionDays, expiresAt: isoTime(expiryOf(now, retentionDays)) }),
  };
}
