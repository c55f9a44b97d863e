import { boolean, entity, list, number, optional, type RowOf, string } from '../../platform/catalogue/entity.ts';

/** A node of the version tree: a disk's head, a draft, a snapshot or an image. */
export const nodeEntity = entity({
  name: 'node',
  attributes: {
    accountId: string(),
    id: string(),
    kind: string<'HEAD' | 'DRAFT' | 'SNAPSHOT' | 'IMAGE' | 'BASE'>(),
    domainId: string(),
    regionId: string(),
    /** The disk whose chain this node belongs to. */
    chainId: string(),
    root: string(),
    /** Goes up with every change of `root`. */
    version: number(),
    /**
     * DRAFT: the disk's version that it was opened at. SNAPSHOT: the disk's version that it was
     * taken at.
     */
    baseVersion: optional(number()),
    /** The node it was derived from; absent at the top of the tree. */
    parentId: optional(string()),
    /** The parent's root (never changes, as heads have no children); `empty` at the top. */
    parentRoot: string(),
    /** Deleted, but still needed by its children. */
    hidden: boolean(),
    /** In the recycle bin: nobody sees it, and it is kept. Never together with `hidden`. */
    trashed: optional(boolean()),
    /** The sizes below hold for this (root, parentRoot); others are stale until measured again. */
    measuredRoot: string(),
    measuredParentRoot: string(),
    /** Blocks that differ from the parent's and are not holes, and their stored bytes. */
    ownBlocks: number(),
    ownBytes: number(),
    /** All blocks that are not holes, and their stored bytes, position by position. */
    totalBlocks: number(),
    totalBytes: number(),
    /** The SAVE entry that will bring the node's manifest up to date; see manifests.ts. */
    saveId: optional(string()),
    /**
     * Of a head: goes up whenever it gets a writer of its own, or loses one. Absent for one that
     * never had any. See writer.ts.
     */
    writerFence: optional(number()),
    /** Whether it has a writer of its own just now: only commits with `writerFence` go in. */
    held: optional(boolean()),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: { byChain: { slot: 1, partition: ['accountId', 'chainId'], sort: ['id'] } },
});
export type NodeRow = RowOf<typeof nodeEntity>;

/**
 * parent → child, in the parent's partition, so that "has it children?" is one consistent query.
 */
export const edgeEntity = entity({
  name: 'edge',
  attributes: {
    accountId: string(),
    parentId: string(),
    childId: string(),
  },
  primary: { partition: ['accountId', 'parentId'], sort: ['childId'] },
});
export type EdgeRow = RowOf<typeof edgeEntity>;

/** What the catalogue knows of one object of the store. */
export const objectEntity = entity({
  name: 'object',
  attributes: {
    domainId: string(),
    id: string(),
    /** I1: how often it occurs in E(root(v), root(parent(v))) over all nodes v. */
    refs: number(),
    storedBytes: number(),
    /** When refs became 0, epoch ms; absent while refs > 0. */
    zeroAt: optional(number()),
    /** First digit of `id` while refs is 0: spreads the index of what may be reclaimed. */
    zeroShard: optional(string()),
    /** Reclaim is at it: no new references until the tombstone is gone. */
    tombstonedAt: optional(number()),
    /**
     * Known to be damaged or missing, since then: the next upload of the same content is taken, and
     * heals it. See damage.ts.
     */
    damagedAt: optional(number()),
    /**
     * An upload to which no commit has referred: nobody has looked at it. Goes with the first
     * reference.
     */
    isOrphan: optional(boolean()),
  },
  primary: { partition: ['domainId', 'id'], sort: [] },
  indexes: { byZero: { slot: 1, partition: ['domainId', 'zeroShard'], sort: ['zeroAt', 'id'] } },
});
export type ObjectRow = RowOf<typeof objectEntity>;

/** Whether a commit has named the object, and so has seen it in the store. */
export const isCommitted = (row: ObjectRow | undefined): boolean => row !== undefined && row.isOrphan !== true;

/** How many objects a domain has, in several rows so that concurrent commits do not meet. */
export const domainCountEntity = entity({
  name: 'domaincount',
  attributes: {
    domainId: string(),
    regionId: string(),
    shard: number(),
    objects: number(),
    storedBytes: number(),
    /** Of these, the ones without references. */
    deadObjects: number(),
    deadBytes: number(),
    /** Of the ones with references, those that are pages. */
    pages: number(),
    /** References to blocks: by I1, the own blocks of all nodes together. */
    blockRefs: number(),
    /** What reclaim has freed so far. */
    freedObjects: optional(number()),
    freedBytes: optional(number()),
  },
  primary: { partition: ['domainId'], sort: ['shard'] },
  indexes: { byShard: { slot: 1, partition: ['shard'], sort: ['domainId'] } },
});
export type DomainCountRow = RowOf<typeof domainCountEntity>;

/** How far the search for orphaned uploads has come in a domain. */
export const orphanSearchEntity = entity({
  name: 'orphansearch',
  attributes: {
    domainId: string(),
    /** Key to go on behind; absent at the beginning. */
    after: optional(string()),
    touchedAt: number(),
  },
  primary: { partition: ['domainId'], sort: [] },
});
export type OrphanSearchRow = RowOf<typeof orphanSearchEntity>;

/** The number of the last manifest that was begun for a node (or an account); see manifests.ts. */
export const manifestEntity = entity({
  name: 'manifest',
  attributes: {
    accountId: string(),
    nodeId: string(),
    number: number(),
  },
  primary: { partition: ['accountId', 'nodeId'], sort: [] },
});
export type ManifestRow = RowOf<typeof manifestEntity>;

/** A damaged object, as a scrub or a reader found it; see damage.ts. */
export const damageEntity = entity({
  name: 'damage',
  attributes: {
    accountId: string(),
    regionId: string(),
    domainId: string(),
    objectId: string(),
    reason: string(),
    isPage: boolean(),
    /** Of an encrypted domain: without its key no more than its form can be seen. */
    sealed: boolean(),
    foundAt: number(),
    /** Which scrub saw it last, so that each counts it once. */
    seenBy: optional(string()),
    /**
     * SHA-256 of the stored bytes, hex, where a reader's key alone shows that they are damaged:
     * other bytes are a new upload.
     */
    damagedSha256: optional(string()),
    /**
     * Which nodes need it, each with the offset of the first byte that is lost in it; the first
     * {@link MAX_PLACES}. Before it was traced: where a reader met it.
     */
    places: list<DamagedPlace>(),
    /** How many nodes need it in all; not known before it was traced. */
    placeCount: optional(number()),
    healedAt: optional(number()),
    /** Epoch second after which a healed one may be forgotten. */
    forgetAt: optional(number()),
  },
  primary: { partition: ['accountId', 'regionId'], sort: ['domainId', 'objectId'] },
  expiry: 'forgetAt',
});
export type DamageRow = RowOf<typeof damageEntity>;
export interface DamagedPlace {
  readonly nodeId: string;
  readonly offsetBytes: number;
}
// keeps the row, at some 60 bytes each, far below the 400 KB that a row may have
export const MAX_PLACES = 1000;

/** See fence.ts. */
export const fenceEntity = entity({
  name: 'fence',
  attributes: {
    domainId: string(),
    slot: number(),
    epoch: number(),
  },
  primary: { partition: ['domainId'], sort: ['slot'] },
});
export type FenceRow = RowOf<typeof fenceEntity>;

/**
 * The ledger: reference changes that are under way. An entry is written in the transaction of the
 * pointer change that it belongs to (or, for references to be taken first, before it), and is
 * deleted when it is done.
 *
 * - SWITCH: a head goes from `out` to `in`; TAKING before it points there, DROPPING afterwards,
 *   UNDOING if it never came to that.
 * - REMOVAL: the node with root `out` was taken out from between `base` and `in`; DROPPING.
 * - COLLAPSE: the hidden node `nodeId` may have become removable; READY.
 * - MEASURE: the sizes of `nodeId` are to be counted again; READY.
 * - SAVE: the manifest of `nodeId` in the bucket is to be brought up to date; READY.
 * - REBUILD: the catalogue is being rebuilt, TAKING while nodes are being restored; see
 *   rebuild-barrier.ts. Nobody works at it; as the oldest of all it keeps reclaim from freeing
 *   anything.
 */
export const entryEntity = entity({
  name: 'entry',
  attributes: {
    shard: number(),
    id: string(),
    accountId: string(),
    domainId: string(),
    regionId: string(),
    kind: string<'SWITCH' | 'REMOVAL' | 'COLLAPSE' | 'MEASURE' | 'SAVE' | 'REBUILD'>(),
    phase: string<'TAKING' | 'UNDOING' | 'DROPPING' | 'READY'>(),
    nodeId: string(),
    out: string(),
    in: string(),
    base: string(),
    /** Progress: everything up to this place of the phase's walk is done. */
    atBlock: optional(number()),
    atHeight: optional(number()),
    /** UNDOING: how far TAKING had come. */
    takenBlock: optional(number()),
    takenHeight: optional(number()),
    /** What the steps so far changed in the domain's counts. */
    objects: number(),
    storedBytes: number(),
    deadObjects: number(),
    deadBytes: number(),
    pages: number(),
    blockRefs: number(),
    /** References to blocks dropped so far, and their stored bytes. */
    droppedBlocks: number(),
    droppedBytes: number(),
    /** REMOVAL: own sizes of the child before the drops are taken off; absent where not known. */
    sumBlocks: optional(number()),
    sumBytes: optional(number()),
    /** A node to look at when this is done: it has lost a child and may be hidden. */
    thenCollapse: optional(string()),
    /** SAVE: the number of the manifest, where it is settled from the start; see manifests.ts. */
    manifest: optional(number()),
    /**
     * The account again, for work that changes references: there is so much of the other that it is
     * in no index.
     */
    changesOf: optional(string()),
    /** The job of the call that caused this, as the caller named it. */
    jobId: optional(string()),
    createdAt: number(),
    touchedAt: number(),
  },
  primary: { partition: ['shard'], sort: ['id'] },
  indexes: { byAccount: { slot: 1, partition: ['changesOf'], sort: ['id'] } },
});
export type EntryRow = RowOf<typeof entryEntity>;

export const LEDGER_SHARDS = 8;
