import { BLOCK_BYTES } from '../engine/block.ts';
import { isMeasured } from '../engine/nodes.ts';
import type { NodeRow } from '../engine/rows.ts';
import type { ChainCapacity, ContentSizes } from '../generated/schema.ts';

/** Null as long as the engine has not measured the node against its present parent. */
export function sizesOf(node: NodeRow | undefined): ContentSizes | null {
  if (node === undefined || !isMeasured(node)) return null;
  return {
    ownBytes: node.ownBlocks * BLOCK_BYTES,
    ownStoredBytes: node.ownBytes,
    totalBytes: node.totalBlocks * BLOCK_BYTES,
    totalStoredBytes: node.totalBytes,
    sharedBytes: (node.totalBlocks - node.ownBlocks) * BLOCK_BYTES,
  };
}

export function capacityOf(nodes: readonly NodeRow[]): ChainCapacity | null {
  if (!nodes.every(isMeasured)) return null;
  return {
    logicalBytes: nodes.reduce((sum, node) => sum + node.ownBlocks, 0) * BLOCK_BYTES,
    storedBytes: nodes.reduce((sum, node) => sum + node.ownBytes, 0),
  };
}
