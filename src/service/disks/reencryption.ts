import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import { isMeasured } from '../../engine/books/nodes.ts';
import type { Reencryption } from '../../generated/schema.ts';
import { equal, patch } from '../../platform/catalogue/port.ts';
import { VarveError } from '../../platform/errors.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { newestOpenDraft } from '../datapath/drafts.ts';
import { findDisk } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import type { Service } from '../service.ts';

const RETRY_AFTER_MS = 200;

/** Rule 3.7: how far the client's copy is. Null for a disk that is not being copied. */
export async function describeReencryption(service: Service, disk: DiskRow): Promise<Reencryption | null> {
  if (disk.copyFromId === undefined) return null;
  const draft = await newestOpenDraft(service.catalogue, disk);
  const copied = await service.tree.get(disk.accountId, draft?.id ?? disk.id);
  const source = await service.tree.get(disk.copyFromAccountId ?? disk.accountId, disk.copyFromId);
  const totalBlocks = source?.totalBlocks ?? 0;
  const copiedBlocks = Math.min(copied?.totalBlocks ?? 0, totalBlocks);
  return {
    sourceSnapshotId: disk.copyFromId,
    copiedBytes: copiedBlocks * BLOCK_BYTES,
    totalBytes: totalBlocks * BLOCK_BYTES,
    progressPercent: totalBlocks === 0 ? 100 : Math.floor((copiedBlocks / totalBlocks) * 100),
  };
}

/**
 * The service cannot compare plain with encrypted contents; that every block was copied right is
 * the client's word. What it can hold is that as many blocks are there as in the source.
 */
export async function completeReencryption(service: Service, caller: Caller, diskId: string): Promise<DiskRow> {
  await untilAccepted(service, async () => {
    const disk = await findDisk(service.catalogue, caller, diskId);
    await requireCopied(service, disk);
    const key = { accountId: disk.accountId, id: diskId };
    const change = {
      set: { status: 'AVAILABLE' as const },
      remove: ['copyFromId', 'copyFromAccountId'] as const,
      when: [equal('status', 'CREATING')],
    };
    const result = await service.catalogue.transact([
      patch(diskEntity, key, change),
      service.tree.noted({ ...disk, regionId: disk.region }),
    ]);
    return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
  });
  return findDisk(service.catalogue, caller, diskId);
}

async function requireCopied(service: Service, disk: DiskRow): Promise<void> {
  const { id: diskId, accountId, copyFromId, status } = disk;
  if (copyFromId === undefined) {
    throw new VarveError('IncorrectDiskStatus', `Disk ${diskId} is not being copied.`, { diskId, status });
  }
  const head = await service.tree.get(accountId, diskId);
  const source = await service.tree.get(disk.copyFromAccountId ?? accountId, copyFromId);
  if (source === undefined || source.hidden) {
    throw new VarveError('OriginSnapshotDeleted', `${copyFromId} was deleted before the copy was complete.`, {
      diskId,
    });
  }
  if (head === undefined || !isMeasured(head)) {
    throw new VarveError('Throttled', 'The copy is still being counted.', { retryAfterMs: RETRY_AFTER_MS });
  }
  // Plain contents have equal roots in every domain, which proves the copy; keyed ones can only be
  // counted.
  const isWhole = disk.keyId === undefined ? head.root === source.root : head.totalBlocks === source.totalBlocks;
  if (isWhole) return;
  throw new VarveError(
    'IncorrectDiskStatus',
    `Disk ${diskId} has ${head.totalBlocks} of ${source.totalBlocks} blocks.`,
    {
      diskId,
      status,
      copiedBytes: head.totalBlocks * BLOCK_BYTES,
      totalBytes: source.totalBlocks * BLOCK_BYTES,
    },
  );
}
