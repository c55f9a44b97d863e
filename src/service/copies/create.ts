import type { CopySnapshotInput, SnapshotKind } from '../../generated/schema.ts';
import { check, equal, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import { getAccount } from '../accounts/accounts.ts';
import { getSnapshotService, requireOpen } from '../accounts/snapshot-service.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { chooseRegion } from '../calls/regions.ts';
import { parseTags, type Tags } from '../calls/tags.ts';
import { parseDescription, parseSnapshotName } from '../calls/text.ts';
import { beginCopyInChain, requireQuota, snapshotLimit } from '../chains/counts.ts';
import { requireAble } from '../model/accounts/arrears.ts';
import { chainNodes } from '../model/chains/members.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { type CopyRow, copyEntity, wokenAt } from '../model/copies/rows.ts';
import { ensureDomainOfCopy } from '../model/disks/domains.ts';
import { listSnapshot } from '../model/listed/snapshot-lists.ts';
import { countWrites, ofKind } from '../model/overview/counter.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { RETENTION_DAYS, requireReady } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';
import { chainOfCopies } from './chain-id.ts';
import { WAKE_MS } from './run.ts';

/** A copy to be made; parsed. */
export interface NewCopy {
  readonly snapshotId: string;
  readonly region: string;
  readonly kind: SnapshotKind;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly retentionDays?: number | undefined;
  /** Left out: those of the source. */
  readonly tags?: Tags | undefined;
}

/** Rule 7.1. */
export async function copySnapshot(service: Service, caller: Caller, input: CopySnapshotInput): Promise<SnapshotRow> {
  const wanted = parseCopy(service, caller, input);
  return beginCopy(service, caller, wanted, { operation: 'copySnapshot', token: input.clientToken });
}

function parseCopy(service: Service, caller: Caller, input: CopySnapshotInput): NewCopy {
  const { snapshotId, name, description, retentionDays, tags } = input;
  return {
    snapshotId,
    region: chooseRegion(service.regions, caller, input.toRegion, 'toRegion'),
    kind: 'MANUAL',
    name: name == null ? undefined : parseSnapshotName('name', name),
    description: description == null ? undefined : parseDescription('description', description),
    retentionDays: retentionDays == null ? undefined : parseWhole('retentionDays', retentionDays, RETENTION_DAYS),
    tags: tags == null ? undefined : parseTags('tags', tags),
  };
}

/** Begins it, and wakes a worker. The answer is a snapshot that is PROGRESSING. */
export async function beginCopy(
  service: Service,
  caller: Caller,
  wanted: NewCopy,
  call: { readonly operation: string; readonly token: string | null | undefined },
): Promise<SnapshotRow> {
  const { accountId } = caller;
  const onceCall = { ...call, accountId, input: wanted };
  const { recorded, value } = await once(service, onceCall, (record) => attemptCopy(service, caller, wanted, record));
  if (value === undefined) return findSnapshot(service.catalogue, caller, recorded.snapshotId ?? '');
  await service.queue.send([{ kind: 'copy', accountId, id: value.id }]);
  return value;
}

/** Decides and writes once; refused where the state has changed in between. */
export async function attemptCopy(service: Service, caller: Caller, wanted: NewCopy, record: RecordCall) {
  const { catalogue, tree } = service;
  const source = await findSnapshot(catalogue, caller, wanted.snapshotId);
  requireReady(source);
  const { region, kind } = wanted;
  if (source.region === region) throw invalid('toRegion', `must be another than ${region}`);
  const { accountId } = caller;
  const chainId = chainOfCopies({ ...source, region });
  const [account, { opened }, limit, chain] = await Promise.all([
    getAccount(catalogue, caller),
    getSnapshotService(catalogue, caller, region),
    snapshotLimit(catalogue, { accountId, region }, kind),
    catalogue.get(chainEntity, { accountId, id: chainId }),
  ]);
  requireOpen(opened, region);
  requireAble(account, isoTime(service.clock.now()));
  requireQuota(chain ?? { id: chainId, manualCount: 0, autoCount: 0 }, kind, limit);
  const domain = await ensureDomainOfCopy(service, source.domainId, region);
  const row = newRow(service, source, wanted, { chainId, domainId: domain.id, keyId: domain.keyId });
  const copy = newCopyRow(service, row);
  const ids = { accountId, fromId: source.id, keepId: copy.keepId, draftId: row.id };
  const baseId = await newestCopy(service, { accountId, chainId }, domain.id);
  const counted = await countWrites(catalogue, { accountId, region, id: chainId }, ofKind(kind, 1));
  const recorded = { snapshotId: row.id };
  const result = await tree.beginCopy({ ...ids, domainId: domain.id, regionId: region, chainId, baseId }, [
    ...record(recorded),
    put(snapshotEntity, row),
    ...listSnapshot(row),
    put(copyEntity, copy),
    ...beginCopyInChain(service, chain, { ...row, id: chainId }, limit),
    ...counted,
    check(snapshotEntity, { accountId, id: source.id }, [equal('status', 'ACCOMPLISHED')]),
  ]);
  return result.ok ? { ok: true as const, value: { recorded, value: row } } : result;
}

/** What is there of the disk already: only what differs from it is sent. */
async function newestCopy(
  { catalogue }: Service,
  chain: { readonly accountId: string; readonly chainId: string },
  domainId: string,
): Promise<string | undefined> {
  const nodes = await chainNodes(catalogue, chain);
  return nodes.filter((node) => node.domainId === domainId).at(-1)?.id;
}

interface Target {
  readonly chainId: string;
  readonly domainId: string;
  readonly keyId: string | undefined;
}

function newRow(
  service: Service,
  source: SnapshotRow,
  { region, kind, name, description = source.description, retentionDays, tags = source.tags }: NewCopy,
  { chainId, domainId, keyId }: Target,
): SnapshotRow {
  const id = service.ids.next('s');
  const { accountId, diskKind, sizeBytes, consistency, unreadable, policyId } = source;
  return {
    accountId,
    id,
    region,
    name: name ?? (source.kind === kind ? source.name : id),
    kind,
    status: 'PROGRESSING',
    diskId: chainId,
    diskKind,
    sizeBytes,
    domainId,
    copiedFromId: source.id,
    copiedFromDiskId: source.diskId,
    copiedFromRegion: source.region,
    diskCount: 0,
    imageCount: 0,
    tags,
    createdAt: isoTime(service.clock.now()),
    ...(keyId !== undefined && { keyId }),
    ...(consistency !== undefined && { consistency }),
    ...(unreadable !== undefined && { unreadable }),
    ...(kind === 'AUTO' && policyId !== undefined && { policyId }),
    ...(description !== undefined && { description }),
    ...(retentionDays !== undefined && { retentionDays }),
  };
}

function newCopyRow({ clock, ids }: Service, { accountId, id, createdAt }: SnapshotRow): CopyRow {
  return {
    accountId,
    keepId: ids.next('k'),
    status: 'RUNNING',
    doneBlocks: 0,
    movedBlocks: 0,
    movedBytes: 0,
    attempts: 0,
    createdAt,
    ...wokenAt(id, isoTime(clock.now() + WAKE_MS)),
  };
}
