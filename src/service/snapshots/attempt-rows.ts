import { nodeEntity } from '../../engine/books/rows.ts';
import type { Entity } from '../../platform/catalogue/entity.ts';
import { read } from '../../platform/catalogue/port.ts';
import { accountEntity, snapshotServiceEntity } from '../model/accounts/rows.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { diskEntity, domainEntity } from '../model/disks/rows.ts';
import { leaseEntity } from '../model/leases/rows.ts';
import { quotaEntity } from '../model/quotas/rows.ts';

/**
 * The rows of one disk that an attempt at a snapshot of it reads. Both the attempt (create.ts) and
 * what reads ahead for many of them (run-slot.ts) go by this list. The instances that have the disk
 * are read once it is known: see `readsOfHolders`.
 */
export const rowsOfAttempt = ({ accountId, diskId }: { readonly accountId: string; readonly diskId: string }) => ({
  disk: read(diskEntity, { accountId, id: diskId }),
  chain: read(chainEntity, { accountId, id: diskId }),
  lease: read(leaseEntity, { accountId, diskId }),
  head: read(nodeEntity, { accountId, id: diskId }),
});

/** What else an attempt reads: rows that are the same for many disks of an account. */
export const SHARED_BY_ATTEMPTS: readonly Entity[] = [accountEntity, snapshotServiceEntity, quotaEntity, domainEntity];
