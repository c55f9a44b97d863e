import { BLOCK_BYTES, EMPTY, MAX_DISK_BYTES, type Root } from '../../engine/blocks/block.ts';
import type { NodeRow } from '../../engine/books/rows.ts';
import type { ChangedBlocks, ChangedBlocksInput } from '../../generated/schema.ts';
import { notFound } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { addDiskToDamage } from '../calls/damage.ts';
import { parseWhole } from '../calls/numbers.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';
import { requireOfDisk, requireReady } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';

const RANGES = { min: 1, max: 1024 };

/** Rule 4.11. The roots are compared page by page, descending only where ids differ. */
export async function changedBlocks(
  service: Service,
  caller: Caller,
  input: ChangedBlocksInput,
): Promise<ChangedBlocks> {
  const start = parseWhole('startOffsetBytes', input.startOffsetBytes, { min: 0, max: MAX_DISK_BYTES });
  const limit = parseWhole('limit', input.limit, RANGES);
  const to = await findState(service, caller, input.toSnapshotId);
  const from = input.fromSnapshotId == null ? undefined : await findState(service, caller, input.fromSnapshotId);
  if (from !== undefined) requireOfDisk(from.snapshot, to.snapshot.diskId);
  const sizeBytes = Math.max(to.snapshot.sizeBytes, from?.snapshot.sizeBytes ?? 0);
  const { domainId, regionId, root } = to.node;
  const at = { domainId, regionId, root: root as Root };
  const base = (from?.node.root ?? EMPTY) as Root;
  const first = Math.floor(start / BLOCK_BYTES);
  const changes = await addDiskToDamage(to.snapshot.diskId, () => service.contents.changes(at, base, first, limit));
  return {
    sizeBytes,
    ranges: changes.ranges.map((range) => {
      const offsetBytes = range.start * BLOCK_BYTES;
      return { offsetBytes, lengthBytes: Math.min(range.count * BLOCK_BYTES, sizeBytes - offsetBytes) };
    }),
    nextOffsetBytes: changes.next === undefined ? null : changes.next * BLOCK_BYTES,
  };
}

async function findState(
  service: Service,
  caller: Caller,
  id: string,
): Promise<{ snapshot: SnapshotRow; node: NodeRow }> {
  const snapshot = await findSnapshot(service.catalogue, caller, id);
  requireReady(snapshot);
  const node = await service.tree.get(caller.accountId, id);
  if (node === undefined) throw notFound('Snapshot', id);
  return { snapshot, node };
}
