import { type Catalogue, check, patch, put, remove, type Write } from '../../../platform/catalogue/port.ts';
import type { DiskRow } from '../disks/rows.ts';
import { COVER_SHARDS, coverCountEntity, coverEntity, policyEntity } from './rows.ts';

/**
 * That a disk is under a policy stands in three places, which each change keeps together in one
 * transaction: the disk's row (whose change the caller writes), the policy's list of disks, and its
 * count.
 */

type Covered = Pick<DiskRow, 'accountId' | 'id' | 'policyId'>;

/** Refused once the policy is deleted, so that no disk comes under it behind its cancellation. */
export function coverWrites({ accountId, id: diskId, policyId }: Covered): Write[] {
  if (policyId === undefined) return [];
  return [
    check(policyEntity, { accountId, id: policyId }, 'present'),
    put(coverEntity, { accountId, policyId, diskId }, 'any'),
    countWrite({ accountId, policyId, diskId }, 1),
  ];
}

/** The attributes of a disk that go with its policy. */
export const UNCOVERED = ['policyId', 'coveredAt'] as const;

export function uncoverWrites({ accountId, id: diskId, policyId }: Covered): Write[] {
  if (policyId === undefined) return [];
  return [remove(coverEntity, { accountId, policyId, diskId }), countWrite({ accountId, policyId, diskId }, -1)];
}

interface PolicyKey {
  readonly accountId: string;
  readonly policyId: string;
}

/** The counters of a policy without disks. */
export function newCounters({ accountId, policyId }: PolicyKey): Write[] {
  return shards.map((shard) => put(coverCountEntity, { accountId, policyId, shard, count: 0 }));
}

export function removeCounters({ accountId, policyId }: PolicyKey): Write[] {
  return shards.map((shard) => remove(coverCountEntity, { accountId, policyId, shard }));
}

export async function countDisks(catalogue: Catalogue, { accountId, policyId }: PolicyKey): Promise<number> {
  const keys = shards.map((shard) => ({ accountId, policyId, shard }));
  const rows = await catalogue.getMany(coverCountEntity, keys);
  return rows.reduce((sum, row) => sum + (row?.count ?? 0), 0);
}

const shards = Array.from({ length: COVER_SHARDS }, (_, shard) => shard);

function countWrite({ accountId, policyId, diskId }: PolicyKey & { readonly diskId: string }, by: number): Write {
  const shard = diskId.charCodeAt(diskId.length - 1) % COVER_SHARDS;
  return patch(coverCountEntity, { accountId, policyId, shard }, { add: { count: by } });
}
