import { ClientError } from '../../client/errors.ts';
import { Limit } from '../../client/flow/limit.ts';
import type { Datapath, Versioned } from '../../client/service/datapath.ts';
import type { BlockUploader } from '../../client/upload/block-uploader.ts';
import { commitBlocksOnce } from '../../client/upload/commit-once.ts';
import { lostObjects, MOST_LOSSES, waitAfterLoss } from '../../client/upload/lost-objects.ts';
import type { ObjectId } from '../../engine/blocks/block.ts';
import type { PlannedContents } from '../blocks/contents-map.ts';
import { digestOf } from '../journal/control.ts';
import type { Run } from '../journal/segment.ts';
import type { VersionNote } from '../journal/version-note.ts';
import { BlockRanges } from '../overlay/block-ranges.ts';
import { blockLength, type Generation } from '../overlay/generation.ts';
import { coversAll } from '../overlay/piece.ts';
import { type Change, commitByDraft } from './commit-by-draft.ts';
import { type ComposerParts, compose, WHOLE } from './composer.ts';
import { type ChangedBlock, findChange } from './contents-at-version.ts';
import type { Layer } from './dirty-data.ts';
import { requireMade } from './require-made.ts';

export interface CommitterParts extends ComposerParts {
  readonly datapath: Datapath;
  readonly uploader: BlockUploader;
  readonly diskId: string;
  readonly sizeBytes: number;
  readonly fence: number;
  readonly commitBlocks: number;
  readonly clientToken: () => string;
  readonly uploads: number;
  /** Whether what is said of a layer's commit must be on the medium before it is made. */
  readonly isPromised: (layer: Layer) => boolean;
  /** Where it is kept what the disk is to become, and became. */
  readonly note: VersionNote;
  /** Called whenever the store has one more block. */
  readonly onMoved: () => void;
  readonly signal: AbortSignal;
}

interface ReadyBlock extends ChangedBlock {
  /** Whether the committed contents have it so already. */
  readonly isSame: boolean;
}

/** Makes a layer the disk's contents, over those that the layers before it made. */
export class LayerCommitter {
  readonly #parts: CommitterParts;
  readonly #limit: Limit;
  /** Blocks of the layer under way that the store has: a repetition need not compose them again. */
  #ready = new Map<number, ReadyBlock>();
  #layer: Layer | undefined;
  /**
   * What it makes of the contents. It is kept for repetitions: once a commit is under way, the maps
   * may be of either version.
   */
  #planned: PlannedContents | undefined;

  constructor(parts: CommitterParts) {
    this.#parts = parts;
    this.#limit = new Limit(parts.uploads);
  }

  /**
   * Returns the version that the commit made. May be called again for the same layer after a
   * failure, whatever became of the commit.
   */
  async commit(layer: Layer): Promise<number> {
    if (this.#layer !== layer) {
      this.#ready = new Map();
      this.#planned = undefined;
    }
    this.#layer = layer;
    for (let losses = 0; ; losses++) {
      await this.#bring(layer.generation);
      try {
        return await this.#commit(layer);
      } catch (error) {
        const lost = lostObjects(error);
        if (lost.size === 0 || losses === MOST_LOSSES) throw error;
        for (const [index, { id }] of this.#ready) if (id !== undefined && lost.has(id)) this.#ready.delete(index);
        await waitAfterLoss(error, this.#parts.signal);
      }
    }
  }

  /** Composes the layer's blocks and sees to it that the store has them. */
  async #bring(generation: Generation<Run>): Promise<void> {
    const missing = generation.patchedBlocks().filter((block) => !this.#ready.has(block));
    const outcomes = await Promise.allSettled(
      missing.map((block) => this.#limit.run(() => this.#bringBlock(generation, block))),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason as Error;
  }

  async #bringBlock(generation: Generation<Run>, index: number): Promise<void> {
    const { memory, pool, uploader, contents, sizeBytes, onMoved } = this.#parts;
    const pieces = generation.patch(index) ?? [];
    const zeros = generation.isHole(index) || coversAll(pieces, blockLength(index, sizeBytes));
    const slot = await memory.take();
    let kept = false;
    try {
      await compose(this.#parts, { block: index, ...WHOLE }, { pieces, below: zeros ? 'ZEROS' : 'COMMITTED' }, slot);
      const [id] = await pool.run('name', { slots: [slot] });
      // Asked now and remembered: once a commit is under way, the service may have the version that
      // it makes.
      const isSame = id !== undefined && id === (await contents.idOf(index));
      if (id !== undefined && !isSame) {
        await uploader.upload(id, slot);
        onMoved();
      }
      this.#ready.set(index, { index, id, isSame });
      if (id !== undefined) memory.keep(id, slot);
      kept = id !== undefined;
    } finally {
      if (!kept) memory.release(slot);
    }
  }

  async #commit(layer: Layer): Promise<number> {
    const { contents, isPromised, note, diskId } = this.#parts;
    const { generation, segment } = layer;
    const blocks = [...this.#ready.values()].sort((a, b) => a.index - b.index);
    const { writes, trims } = changesOf(generation, blocks);
    const { version, root } = contents;
    if (writes.length === 0 && trims.length === 0) return version;
    this.#planned ??= await contents.plan({ writes, trims });
    const expected = { version: version + 1, root: this.#planned.pages.root };
    await segment.setIntent({ version, digest: digestOf(blocks) });
    note.write({ made: { version, root }, expected });
    // On a medium that refuses it, the data itself had better be brought to safety.
    if (isPromised(layer) && !segment.hasFailed) {
      await segment.syncControl();
      await note.sync();
    }
    const made = await this.#make(version, { writes, trims }).catch((error: unknown) =>
      this.#madeBefore(error, version, { blocks, trims }),
    );
    requireMade(diskId, { made, expected, before: { version, root } });
    contents.apply(made.version, this.#planned);
    note.write({ made: { version: made.version, root: expected.root } });
    return made.version;
  }

  #make(version: number, change: Change): Promise<Versioned> {
    const { datapath, diskId, fence, signal, commitBlocks } = this.#parts;
    if (Math.max(change.writes.length, change.trims.length) > commitBlocks)
      return commitByDraft(this.#parts, version, change);
    return commitBlocksOnce(datapath, { target: diskId, expectedVersion: version, ...change, fence }, signal);
  }

  /**
   * A commit of this layer whose answer was lost for good, and which was then tried again, meets
   * the version that it made itself. The fence keeps everybody else out, so a version with these
   * contents is its own.
   */
  async #madeBefore(
    error: unknown,
    version: number,
    { blocks, trims }: { readonly blocks: readonly ChangedBlock[]; readonly trims: readonly { start: number }[] },
  ): Promise<Versioned> {
    if (!(error instanceof ClientError) || error.code !== 'VersionConflict') throw error;
    const { datapath, diskId } = this.#parts;
    const [firstTrim] = trims;
    const looked: readonly ChangedBlock[] =
      blocks.length > 0 || firstTrim === undefined ? blocks : [{ index: firstTrim.start, id: undefined }];
    const made = await findChange(datapath, diskId, version, looked);
    if (made === undefined) throw error;
    return made;
  }
}

/** What differs from the committed contents. */
function changesOf(generation: Generation<Run>, blocks: readonly ReadyBlock[]) {
  const writes: { index: number; id: ObjectId }[] = [];
  const trims = new BlockRanges();
  for (const range of generation.holes()) trims.add(range);
  for (const { index, id, isSame } of blocks) {
    if (id === undefined) trims.add({ start: index, count: 1 });
    else if (generation.isHole(index) || !isSame) writes.push({ index, id });
  }
  return { writes, trims: trims.list() };
}
