import { ClientError } from '../../client/errors.ts';
import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { BlockStore } from './block-store.ts';
import type { ContentsMap } from './contents-map.ts';
import type { MemoryBlock } from './memory.ts';

/** Own commits between looking for a block and fetching it; more in a row do not happen. */
const TRIES = 8;

/** The committed block, held; undefined where it is a hole. */
export async function readCommitted(
  { blocks, contents }: { readonly blocks: BlockStore; readonly contents: ContentsMap },
  index: number,
): Promise<MemoryBlock | undefined> {
  for (let attempt = 1; ; attempt++) {
    const id = await contents.idOf(index);
    if (id === undefined) return undefined;
    try {
      return blocks.soon(id, BLOCK_BYTES) ?? (await blocks.get({ index, id }));
    } catch (error) {
      // The block got other contents meanwhile, and no URL is signed for the old ones.
      const replaced = error instanceof ClientError && error.code === 'VersionConflict';
      if (!replaced || attempt === TRIES) throw error;
    }
  }
}
