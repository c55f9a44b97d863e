import { readPiece } from '../../client/threads/file-piece.ts';
import type { WorkerPool } from '../../client/threads/worker-pool.ts';
import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { BlockStore } from '../blocks/block-store.ts';
import type { ContentsMap } from '../blocks/contents-map.ts';
import type { BlockMemory } from '../blocks/memory.ts';
import { readCommitted } from '../blocks/read-committed.ts';
import type { Run } from '../journal/segment.ts';
import type { Piece } from '../overlay/piece.ts';
import type { Resolved } from '../overlay/resolve.ts';

export interface ComposerParts {
  readonly memory: BlockMemory;
  readonly pool: WorkerPool;
  readonly blocks: BlockStore;
  readonly contents: ContentsMap;
}

/** What was written just before is in the page cache, and read sooner than a thread answers. */
const READ_HERE_BYTES = 64 * 1024;

/**
 * Puts `[from, to)` of a block together in `slot`: what lies below, and over it the pieces. Their
 * segments must be open meanwhile.
 */
export async function compose(
  { memory, pool, blocks, contents }: ComposerParts,
  { block, from, to }: { readonly block: number; readonly from: number; readonly to: number },
  { pieces, below }: Resolved<Run>,
  slot: number,
): Promise<void> {
  const into = memory.plain(slot);
  const committed = below === 'COMMITTED' ? await readCommitted({ blocks, contents }, block) : undefined;
  if (committed === undefined) into.fill(0, from, to);
  else {
    blocks.plain(committed).copy(into, from, from, to);
    blocks.unhold(committed);
  }
  for (const piece of pieces) if (piece.run === undefined) into.fill(0, piece.from, piece.to);
  const inFiles = pieces.filter((piece): piece is Piece<Run> & { run: Run } => piece.run !== undefined);
  if (inFiles.length === 0) return;
  const inSlot = inFiles.map((piece) => piece.run.segment.filePiece(piece, piece.from));
  // A sealed run is opened whole.
  const bytes = inSlot.reduce((sum, { length, sealed }) => sum + (sealed?.length ?? length), 0);
  if (bytes <= READ_HERE_BYTES) for (const piece of inSlot) readPiece(piece, into);
  else await pool.run('overlay', { slot, pieces: inSlot });
}

/** The whole block, zeros beyond the end of the disk included. */
export const WHOLE = { from: 0, to: BLOCK_BYTES };
