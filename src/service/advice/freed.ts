import type { VersionTree } from '../../engine/contract.ts';
import { VarveError } from '../../platform/errors.ts';

/**
 * Stored bytes that go with these snapshots, or with the head of a disk. Null where that cannot be
 * said in time, and where one of them has gone meanwhile.
 */
export async function freedBy(
  tree: Pick<VersionTree, 'previewRemoval'>,
  accountId: string,
  nodeIds: readonly string[],
): Promise<number | null> {
  if (nodeIds.length === 0) return 0;
  try {
    return (await tree.previewRemoval(accountId, nodeIds)).storedBytes;
  } catch (error) {
    if (error instanceof VarveError && (error.code === 'PreviewTooLarge' || error.code === 'NotFound')) return null;
    throw error;
  }
}
