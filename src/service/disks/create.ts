import type { NodeRow } from '../../engine/books/rows.ts';
import type { TreeResult } from '../../engine/contract.ts';
import type { CreateDiskInput, DiskKind } from '../../generated/schema.ts';
import { put, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { chooseRegion } from '../calls/regions.ts';
import { parseTags } from '../calls/tags.ts';
import { parseLength, parseName } from '../calls/text.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { placeToVerify } from '../model/chains/verify-place.ts';
import { ensureDomain } from '../model/disks/domains.ts';
import { findDisk } from '../model/disks/find.ts';
import { paidWrites } from '../model/disks/paid-until.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { decideEncryption, decideExpiry, decideSize } from '../model/disks/rules.ts';
import { unreadableOf } from '../model/disks/unreadable.ts';
import { listDisk } from '../model/listed/disk-lists.ts';
import { countWrites } from '../model/overview/counter.ts';
import { coverWrites } from '../model/policies/cover.ts';
import { findPolicy } from '../model/policies/find.ts';
import { requireCoverable } from '../model/policies/rules.ts';
import { oneDiskMore } from '../model/quotas/counter.ts';
import { watchNew } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';
import { findOrigin, hasOrigin, type Origin, originOf, originWrites } from './origin.ts';

const KEY_ID_CHARS = { min: 1, max: 256 };

/** Rules 3.1, 3.2, 3.7. One transaction makes the disk, its chain, and the use of its origin. */
export async function createDisk(service: Service, caller: Caller, input: CreateDiskInput): Promise<DiskRow> {
  const { clientToken, ...rest } = input;
  const parsed = { ...rest, ...parseNewDisk(input) };
  const call = {
    accountId: caller.accountId,
    operation: 'createDisk',
    token: clientToken,
    // An origin decides the region, and may be gone when the call is repeated.
    input: hasOrigin(parsed) ? parsed : { ...parsed, region: chooseRegion(service.regions, caller, parsed.region) },
  };
  const { recorded, value } = await once(service, call, (record) => attempt(service, caller, parsed, record));
  return value ?? findDisk(service.catalogue, caller, recorded.diskId ?? '');
}

/** What `createDisk` asks for, without what only the API knows of it; parsed. */
export type ParsedDisk = Omit<CreateDiskInput, 'clientToken' | 'tags' | 'name' | 'encryptionKeyId'> &
  ReturnType<typeof parseNewDisk>;

export function parseNewDisk(input: Pick<CreateDiskInput, 'name' | 'tags' | 'encryptionKeyId'>) {
  const keyId = input.encryptionKeyId;
  return {
    name: input.name == null ? undefined : parseName('name', input.name),
    tags: parseTags('tags', input.tags),
    encryptionKeyId: keyId == null ? undefined : parseLength('encryptionKeyId', keyId, KEY_ID_CHARS),
  };
}

async function attempt(service: Service, caller: Caller, input: ParsedDisk, record: RecordCall) {
  const origin = await findOrigin(service, caller, input);
  const disk = await decideDisk(service, caller, input, origin);
  const recorded = { diskId: disk.id };
  const result = await writeDisk(service, disk, origin, record(recorded));
  return result.ok ? { ok: true as const, value: { recorded, value: disk } } : result;
}

/**
 * One transaction makes the disk, its chain, its node, and the use of its origin. `replaces`: it
 * takes the place of another disk.
 */
export async function writeDisk(
  service: Service,
  disk: DiskRow,
  origin: Origin | undefined,
  also: readonly Write[],
  { replaces } = { replaces: false },
): Promise<TreeResult<NodeRow>> {
  const copies = disk.copyFromId !== undefined;
  const { accountId, region, domainId, id } = disk;
  const counted = await oneDiskMore(service, disk, { replaces });
  const local = disk.category === 'LOCAL' ? await countWrites(service.catalogue, disk, { local: 1 }) : [];
  return service.tree.createHead(
    {
      accountId,
      nodeId: id,
      domainId,
      regionId: region,
      chainId: id,
      ...(origin === undefined || copies ? {} : { fromId: origin.id }),
    },
    [...also, ...counted, ...creationWrites(disk, origin), ...watchNew(service, disk), ...local],
  );
}

export async function decideDisk(
  service: Service,
  caller: Caller,
  input: ParsedDisk,
  origin: Origin | undefined,
): Promise<DiskRow> {
  const now = isoTime(service.clock.now());
  const region = decideRegion(service, caller, input, origin);
  const sizeBytes = decideSize(input.sizeBytes, origin?.sizeBytes);
  const expiresAt = decideExpiry(input.chargeType, input.expiresAt, now);
  const { keyId, copy: reencrypts } = decideEncryption(input, origin, service.defaultKeyId);
  const copy = reencrypts || (origin !== undefined && origin.accountId !== caller.accountId);
  if (origin !== undefined && input.category === 'LOCAL') {
    throw new VarveError('UnsupportedDiskCategory', 'A LOCAL disk cannot be made from a snapshot or an image.', {
      category: 'LOCAL',
    });
  }
  const policyId = await decidePolicy(service, caller, input, region);
  const isShared = origin !== undefined && !copy;
  const domainId = isShared ? origin.domainId : (await ensureDomain(service, { ...caller, region, keyId })).id;
  const id = service.ids.next('d');
  const kind: DiskKind = input.kind ?? origin?.diskKind ?? 'DATA';
  return {
    accountId: caller.accountId,
    id,
    region,
    name: input.name ?? id,
    kind,
    category: input.category,
    sizeBytes,
    status: copy ? 'CREATING' : 'AVAILABLE',
    chargeType: input.chargeType,
    domainId,
    deleteAutoSnapshots: input.deleteAutoSnapshots,
    deleteWithInstance: input.deleteWithInstance,
    tags: input.tags,
    createdAt: now,
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(keyId === undefined ? {} : { keyId }),
    ...(policyId === undefined ? {} : { policyId, coveredAt: now }),
    ...originOf(origin, copy),
    ...(origin && unreadableOf(origin)),
  };
}

function decideRegion(service: Service, caller: Caller, input: ParsedDisk, origin: Origin | undefined): string {
  if (origin === undefined) return chooseRegion(service.regions, caller, input.region);
  if (input.region != null && input.region !== origin.region)
    throw invalid('region', `must be the origin's, ${origin.region}`);
  return origin.region;
}

/** Rule 5.2. */
async function decidePolicy(service: Service, caller: Caller, { policyId, category }: ParsedDisk, region: string) {
  if (policyId == null) return undefined;
  requireCoverable({ category });
  const policy = await findPolicy(service.catalogue, caller, policyId);
  if (policy.region !== region) throw invalid('policyId', `must be a policy of the disk's region, ${region}`);
  return policy.id;
}

function creationWrites(disk: DiskRow, origin: Origin | undefined): Write[] {
  const { accountId, id, region, createdAt } = disk;
  const writes: Write[] = [put(diskEntity, disk), ...listDisk(disk), ...paidWrites(disk), ...coverWrites(disk)];
  if (disk.category !== 'LOCAL') {
    writes.push(
      put(chainEntity, {
        accountId,
        id,
        region,
        createdAt,
        manualCount: 0,
        autoCount: 0,
        diskReleased: false,
        ...placeToVerify(id, createdAt),
      }),
    );
  }
  if (origin !== undefined) writes.push(...originWrites(origin));
  return writes;
}
