import type { Write } from '../platform/catalogue/port.ts';
import type { ObjectId, Root } from './blocks/block.ts';
import type { NodeRow } from './books/rows.ts';

/**
 * The version tree of one installation. Every operation is one transaction (plus background work in
 * the ledger), into which the caller may put writes of its own. A refusal of one of those comes
 * back as `refused`, with nothing written.
 *
 * Throws `VarveError`: `NotFound` for a node that is not there or that nobody sees,
 * `VersionConflict`, `ObjectMissing`, `ObjectTombstoned`, `ObjectDamaged` (a page), `Throttled`.
 */
export interface VersionTree extends TreeCopies, TreeImports {
  get(accountId: string, nodeId: string): Promise<NodeRow | undefined>;
  /** A new head or image: empty, or with the contents of a snapshot or image node (`fromId`). */
  createHead(input: CreateHead, also: readonly Write[]): Promise<TreeResult<NodeRow>>;
  /**
   * The head's present contents become an immutable node. `also` sees that node, with its sizes.
   */
  snapshot(input: SnapshotHead, also: (node: NodeRow) => readonly Write[]): Promise<TreeResult<NodeRow>>;
  /**
   * The head returns to the contents of `toId`, one of the nodes it can reach. Its version goes up
   * by one, and its writer is one no longer.
   */
  rollback(input: RollBack, also: readonly Write[]): Promise<TreeResult<NodeRow>>;
  /** The head goes; blocks that were its alone are released in the background. */
  release(input: NodeRef & OfJob, also: readonly Write[]): Promise<TreeResult<void>>;
  /**
   * A snapshot or image goes: hidden at once, removed in the background as soon as it has at most
   * one child.
   */
  remove(input: NodeRef & OfJob, also: readonly Write[]): Promise<TreeResult<void>>;
  /**
   * A snapshot, image or head goes into the recycle bin: nobody sees it, and its contents are kept.
   * A head that had a writer has none any more.
   */
  trash(input: NodeRef, also: readonly Write[]): Promise<TreeResult<NodeRow>>;
  /** It comes back as it was. `NotFound` for what is not in the recycle bin, as for `purge`. */
  untrash(input: NodeRef, also: readonly Write[]): Promise<TreeResult<NodeRow>>;
  /** It leaves the recycle bin for good: from then on as after `remove` or `release`. */
  purge(input: NodeRef & OfJob, also: readonly Write[]): Promise<TreeResult<void>>;
  /**
   * The head gets a writer of its own, in place of the one that it had: from now on only changes
   * with the new `writerFence` go in. `also` sees the node with it.
   */
  hold(input: HeadRef, also: (node: NodeRow) => readonly Write[]): Promise<TreeResult<NodeRow>>;
  /** The head has no writer of its own any more. */
  unhold(input: HeadRef, also: readonly Write[]): Promise<TreeResult<NodeRow>>;
  /**
   * Applies writes and trims wholly or not at all, if the head is still at `expectedVersion`.
   * Throws `LeaseLost`, `DiskLocked`: see `OfWriter`.
   */
  commit(input: CommitInput): Promise<CommitResult>;
  /** A private head over the disk's present contents, for a change too large for one commit. */
  openDraft(input: OpenDraft, also: readonly Write[]): Promise<TreeResult<NodeRow>>;
  /**
   * The disk takes the draft's contents, if it is still at the version the draft was opened at.
   * Throws `LeaseLost`, `DiskLocked`.
   */
  adoptDraft(input: AdoptDraft, also: readonly Write[]): Promise<TreeResult<NodeRow>>;
  /**
   * The write that has the manifest of a node (or of an account) follow a change of what the layers
   * above know of it.
   */
  noted(subject: ManifestSubject): Write;
  /**
   * What deleting these snapshots together would free, exactly; a head among them stands for its
   * release. Changes nothing. Throws `PreviewTooLarge`.
   */
  previewRemoval(accountId: string, nodeIds: readonly string[]): Promise<RemovalPreview>;
}

/** Copies of snapshots in other domains, each of which begins, grows step by step, and ends. */
export interface TreeCopies {
  /** Holds the source's contents, and begins a draft that is to become the copy. */
  beginCopy(input: BeginCopy, also: readonly Write[]): Promise<TreeResult<NodeRow>>;
  /**
   * Bounded steps, the last one `isWhole`. Safe to be left off, repeated, killed and done by
   * several at once. Throws `ObjectDamaged` for a block of the source, and `NotFound` if the copy
   * has ended.
   */
  copySteps(input: CopyOn): AsyncGenerator<CopyStep, void>;
  /** How many places are still to be copied; undefined if that cannot be said in time. */
  copyRest(input: CopyOn): Promise<number | undefined>;
  /** The draft, which is whole, becomes a snapshot; the source is held no longer. */
  finishCopy(input: CopyRef, also: (node: NodeRow) => readonly Write[]): Promise<TreeResult<NodeRow>>;
  /** The draft goes; the source is held no longer. */
  abandonCopy(input: CopyRef, also: readonly Write[]): Promise<TreeResult<void>>;
}
/** Contents that come from outside: a draft that grows by commits, and ends as an image. */
export interface TreeImports {
  /** Begins an empty draft. Nobody sees it; `release` ends it. */
  beginImport(input: BeginImport, also: readonly Write[]): Promise<TreeResult<NodeRow>>;
  /** The draft becomes a snapshot, and an image of it is made, in one transaction. */
  finishImport(input: FinishImport, also: readonly Write[]): Promise<TreeResult<NodeRow>>;
}
export interface BeginImport {
  readonly accountId: string;
  /** Of the draft, and later of the snapshot. */
  readonly draftId: string;
  readonly domainId: string;
  readonly regionId: string;
  readonly chainId: string;
}
export interface FinishImport {
  readonly accountId: string;
  readonly draftId: string;
  readonly imageId: string;
  /** Of the draft, with everything in it. Another version is no draft of the caller's. */
  readonly version: number;
}

export interface CopyRef {
  readonly accountId: string;
  /** Of the node that holds the source. */
  readonly keepId: string;
  /** Of the draft, and later of the snapshot. */
  readonly draftId: string;
}
export interface BeginCopy extends CopyRef {
  /** A snapshot. */
  readonly fromId: string;
  readonly domainId: string;
  readonly regionId: string;
  readonly chainId: string;
  /** A snapshot of that domain that the copy is like; what differs is sent. */
  readonly baseId?: string | undefined;
}
export interface CopyOn extends CopyRef {
  /** When to stop, epoch ms. */
  readonly until: number;
}
export interface CopyStep {
  /** Nothing is left to be copied. */
  readonly isWhole: boolean;
  /** Places that are now as in the source. */
  readonly blocks: number;
  /** Objects that were sent for them, and their stored bytes. */
  readonly movedBlocks: number;
  readonly movedBytes: number;
}

export interface NodeRef {
  readonly accountId: string;
  readonly nodeId: string;
}
/** Of an account: its id, in a region of the installation's choice, and no domain. */
export interface ManifestSubject {
  readonly accountId: string;
  readonly id: string;
  readonly regionId: string;
  readonly domainId: string;
}
/** Stands in the ledger entries of a change's background work until the last of them is done. */
export interface OfJob {
  readonly jobId?: string;
}
export interface CreateHead extends NodeRef {
  readonly domainId: string;
  /** The region whose bucket holds the domain. */
  readonly regionId: string;
  readonly chainId: string;
  readonly fromId?: string;
  /** An IMAGE never changes. Left out: HEAD. */
  readonly kind?: 'HEAD' | 'IMAGE';
}
export interface HeadRef {
  readonly accountId: string;
  readonly headId: string;
}
/** Who changes a head's contents. */
export interface OfWriter {
  /**
   * `writerFence` of its writer: `LeaseLost` if that is another by now. Left out: `DiskLocked` if
   * it has a writer of its own.
   */
  readonly fence?: number | undefined;
}
export interface SnapshotHead {
  readonly accountId: string;
  readonly headId: string;
  readonly snapshotId: string;
  /**
   * As the caller has just read it, with what else the decision rests on. Where it is another by
   * now, the call is refused, and none of `also` at fault.
   */
  readonly head?: NodeRow | undefined;
  /**
   * What the manifest is to say of it: it is then written here, after the transaction, rather than
   * by a worker.
   */
  readonly about?: (() => Promise<object>) | undefined;
}
export interface RollBack extends OfJob {
  readonly accountId: string;
  readonly headId: string;
  /** Left out: zeros. */
  readonly toId?: string | undefined;
  /** Refuse with `VersionConflict` if the head is at another version. */
  readonly expectedVersion?: number;
}
export interface OpenDraft extends OfWriter {
  readonly accountId: string;
  readonly headId: string;
  readonly draftId: string;
  readonly expectedVersion: number;
  /** The head may have another writer: only the adoption of the draft asks for that. */
  readonly forReading?: boolean;
}
export interface AdoptDraft extends OfWriter {
  readonly accountId: string;
  readonly headId: string;
  readonly draftId: string;
}
export interface CommitInput extends OfWriter {
  readonly accountId: string;
  readonly headId: string;
  /** As the caller has just read it. Where it is another by now, it is read again. */
  readonly head?: NodeRow | undefined;
  readonly expectedVersion: number;
  /** At most {@link MAX_COMMIT_WRITES}; each index once. */
  readonly writes: readonly BlockWrite[];
  /** Ranges that become holes; applied before `writes`. */
  readonly trims: readonly BlockRange[];
  /**
   * Whether the domain's blocks are not sealed: then the service itself can tell whether they are
   * what their ids say.
   */
  readonly plain?: boolean;
}
export interface BlockWrite {
  readonly index: number;
  readonly id: ObjectId;
}
/** In blocks. */
export interface BlockRange {
  readonly start: number;
  readonly count: number;
}
export interface CommitResult {
  readonly version: number;
  readonly root: Root;
}
export const MAX_COMMIT_WRITES = 1024;

export type TreeResult<T> =
  | { readonly ok: true; readonly value: T }
  /**
   * Positions in `also` whose conditions did not hold; none where it was something that the caller
   * had read for the tree.
   */
  | { readonly ok: false; readonly refused: readonly number[] };

export interface RemovalPreview {
  /** Objects and stored bytes that reclaim will free once these snapshots are gone. */
  readonly objects: number;
  readonly storedBytes: number;
  /**
   * Stored bytes of further objects that these nodes hold references of their own to, and that stay
   * as others use them too.
   */
  readonly keptBytes: number;
  /**
   * `storedBytes` by node, in the order in which they were named. What several of them share counts
   * at one of them, and what only their going lets go counts at theirs: the parts add up.
   */
  readonly parts: readonly number[];
  /**
   * False while earlier changes are still being worked off: more may then become free than is said
   * here.
   */
  readonly settled: boolean;
}

/** What is looked at: nothing outside of it is read. */
export interface Span {
  readonly start: number;
  /** Not in it any more. Left out: the end of the disk. */
  readonly end?: number;
}

/** Reads of immutable contents. Throws `ObjectDamaged` when a page is missing or wrong. */
export interface Contents {
  /**
   * Present blocks of the span, in order, at most `limit`; `next` is where to go on, absent at the
   * end. `fresh` reads all pages on the way from the store, not from a cache.
   */
  blocks(
    at: At,
    span: Span,
    limit: number,
    options?: { readonly fresh: boolean },
  ): Promise<{ blocks: BlockWrite[]; next?: number }>;
  /** Present leaf pages (each {@link PAGE_FANOUT} blocks) of a span of page numbers. */
  leafPages(at: At, span: Span, limit: number): Promise<{ pages: { index: number; id: ObjectId }[]; next?: number }>;
  /**
   * Ranges of blocks that differ between `at` and `from`, a root of the same domain, from block
   * `start` on, at most `limit` ranges.
   */
  changes(at: At, from: Root, start: number, limit: number): Promise<{ ranges: BlockRange[]; next?: number }>;
  /**
   * How many blocks `at` has that `from`, a root of the same domain, has not at the same place; by
   * their pages alone. `pages` is how many were compared, at most `limit`: undefined beyond that.
   */
  countChanged(at: At, from: Root, limit: number): Promise<{ blocks: number; pages: number } | undefined>;
}
export interface At {
  readonly domainId: string;
  readonly regionId: string;
  readonly root: Root;
}
