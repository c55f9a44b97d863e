import type { Entity } from '../../platform/catalogue/port.ts';

/** A node of the version tree: a disk's head, a draft, a snapshot or an image. */
export interface NodeRow {
  readonly accountId: string;
  readonly id: string;
  readonly kind: 'HEAD' | 'DRAFT' | 'SNAPSHOT' | 'IMAGE' | 'BASE';
  readonly domainId: string;
  readonly regionId: string;
  /** The disk whose chain this node belongs to. */
  readonly chainId: string;
  readonly root: string;
  /** Goes up with every change of `root`. */
  readonly version: number;
  /** DRAFT: the disk's version that it was opened at. SNAPSHOT: the disk's version that it was taken at. */
  readonly baseVersion?: number;
  /** The node it was derived from; absent at the top of the tree. */
  readonly parentId?: string;
  /** The parent's root (never changes, as heads have no children); `empty` at the top. */
  readonly parentRoot: string;
  /** Deleted, but still needed by its children. */
  readonly hidden: boolean;
  /** The sizes below hold for this (root, parentRoot); others are stale until measured again. */
  readonly measuredRoot: string;
  readonly measuredParentRoot: string;
  /** Blocks that differ from the parent's and are not holes, and their stored bytes. */
  readonly ownBlocks: number;
  readonly ownBytes: number;
  /** All blocks that are not holes, and their stored bytes, position by position. */
  readonly totalBlocks: number;
  readonly totalBytes: number;
  /** The SAVE entry that will bring the node's manifest up to date; see manifests.ts. */
  readonly saveId?: string;
  /** Of a head: goes up whenever it gets a writer of its own, or loses one. Absent for one that never had any. See writer.ts. */
  readonly writerFence?: number;
  /** Whether it has a writer of its own just now: only commits with `writerFence` go in. */
  readonly held?: boolean;
}

export const nodeEntity: Entity<NodeRow> = {
  name: 'node',
  attributes: {
    accountId: 'string',
    id: 'string',
    kind: 'string',
    domainId: 'string',
    regionId: 'string',
    chainId: 'string',
    root: 'string',
    version: 'number',
    baseVersion: 'number',
    parentId: 'string',
    parentRoot: 'string',
    hidden: 'boolean',
    measuredRoot: 'string',
    measuredParentRoot: 'string',
    ownBlocks: 'number',
    ownBytes: 'number',
    totalBlocks: 'number',
    totalBytes: 'number',
    saveId: 'string',
    writerFence: 'number',
    held: 'boolean',
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: { byChain: { slot: 1, partition: ['accountId', 'chainId'], sort: ['id'] } },
};

/** parent → child, in the parent's partition, so that "has it children?" is one consistent query. */
export interface EdgeRow {
  readonly accountId: string;
  readonly parentId: string;
  readonly childId: string;
}

export const edgeEntity: Entity<EdgeRow> = {
  name: 'edge',
  attributes: { accountId: 'string', parentId: 'string', childId: 'string' },
  primary: { partition: ['accountId', 'parentId'], sort: ['childId'] },
};

/** What the catalogue knows of one object of the store. */
export interface ObjectRow {
  readonly domainId: string;
  readonly id: string;
  /** I1: how often it occurs in E(root(v), root(parent(v))) over all nodes v. */
  readonly refs: number;
  readonly storedBytes: number;
  /** When refs became 0, epoch ms; absent while refs > 0. */
  readonly zeroAt?: number;
  /** First digit of `id` while refs is 0: spreads the index of what may be reclaimed. */
  readonly zeroShard?: string;
  /** Reclaim is at it: no new references until the tombstone is gone. */
  readonly tombstonedAt?: number;
  /** Known to be damaged or missing, since then: the next upload of the same content is taken, and heals it. See damage.ts. */
  readonly damagedAt?: number;
}

export const objectEntity: Entity<ObjectRow> = {
  name: 'object',
  attributes: {
    domainId: 'string',
    id: 'string',
    refs: 'number',
    storedBytes: 'number',
    zeroAt: 'number',
    zeroShard: 'string',
    tombstonedAt: 'number',
    damagedAt: 'number',
  },
  primary: { partition: ['domainId', 'id'], sort: [] },
  indexes: { byZero: { slot: 1, partition: ['domainId', 'zeroShard'], sort: ['zeroAt', 'id'] } },
};

/** How many objects a domain has, in several rows so that concurrent commits do not meet. */
export interface DomainCountRow {
  readonly domainId: string;
  readonly regionId: string;
  readonly shard: number;
  readonly objects: number;
  readonly storedBytes: number;
  /** Of these, the ones without references. */
  readonly deadObjects: number;
  readonly deadBytes: number;
  /** Of the ones with references, those that are pages. */
  readonly pages: number;
  /** References to blocks: by I1, the own blocks of all nodes together. */
  readonly blockRefs: number;
  /** What reclaim has freed so far. */
  readonly freedObjects?: number;
  readonly freedBytes?: number;
}

export const domainCountEntity: Entity<DomainCountRow> = {
  name: 'domaincount',
  attributes: {
    domainId: 'string',
    regionId: 'string',
    shard: 'number',
    objects: 'number',
    storedBytes: 'number',
    deadObjects: 'number',
    deadBytes: 'number',
    pages: 'number',
    blockRefs: 'number',
    freedObjects: 'number',
    freedBytes: 'number',
  },
  primary: { partition: ['domainId'], sort: ['shard'] },
  indexes: { byShard: { slot: 1, partition: ['shard'], sort: ['domainId'] } },
};

/** How far the search for orphaned uploads has come in a domain. */
export interface OrphanSearchRow {
  readonly domainId: string;
  /** Key to go on behind; absent at the beginning. */
  readonly after?: string;
  readonly touchedAt: number;
}

export const orphanSearchEntity: Entity<OrphanSearchRow> = {
  name: 'orphansearch',
  attributes: { domainId: 'string', after: 'string', touchedAt: 'number' },
  primary: { partition: ['domainId'], sort: [] },
};

/** The number of the last manifest that was begun for a node (or an account); see manifests.ts. */
export interface ManifestRow {
  readonly accountId: string;
  readonly nodeId: string;
  readonly number: number;
}

export const manifestEntity: Entity<ManifestRow> = {
  name: 'manifest',
  attributes: { accountId: 'string', nodeId: 'string', number: 'number' },
  primary: { partition: ['accountId', 'nodeId'], sort: [] },
};

/** A damaged object, as a scrub or a reader found it; see damage.ts. */
export interface DamageRow {
  readonly accountId: string;
  readonly regionId: string;
  readonly domainId: string;
  readonly objectId: string;
  readonly reason: string;
  readonly isPage: boolean;
  /** Of an encrypted domain: without its key no more than its form can be seen. */
  readonly sealed: boolean;
  readonly foundAt: number;
  /** Which scrub saw it last, so that each counts it once. */
  readonly seenBy?: string;
  /** SHA-256 of the stored bytes, hex, where a reader's key alone shows that they are damaged: other bytes are a new upload. */
  readonly damagedSha256?: string;
  /**
   * Which nodes need it, each with the offset of the first byte that is lost in it; the first {@link MAX_PLACES}. Before it was traced: where a
   * reader met it.
   */
  readonly places: readonly DamagedPlace[];
  /** How many nodes need it in all; not known before it was traced. */
  readonly placeCount?: number;
  readonly healedAt?: number;
  /** Epoch second after which a healed one may be forgotten. */
  readonly forgetAt?: number;
}
export interface DamagedPlace {
  readonly nodeId: string;
  readonly offsetBytes: number;
}
export const MAX_PLACES = 1000; // keeps the row, at some 60 bytes each, far below the 400 KB that a row may have

export const damageEntity: Entity<DamageRow> = {
  name: 'damage',
  attributes: {
    accountId: 'string',
    regionId: 'string',
    domainId: 'string',
    objectId: 'string',
    reason: 'string',
    seenBy: 'string',
    damagedSha256: 'string',
    isPage: 'boolean',
    sealed: 'boolean',
    foundAt: 'number',
    places: 'list',
    placeCount: 'number',
    healedAt: 'number',
    forgetAt: 'number',
  },
  primary: { partition: ['accountId', 'regionId'], sort: ['domainId', 'objectId'] },
  expiry: 'forgetAt',
};

/** See fence.ts. */
export interface FenceRow {
  readonly domainId: string;
  readonly slot: number;
  readonly epoch: number;
}

export const fenceEntity: Entity<FenceRow> = {
  name: 'fence',
  attributes: { domainId: 'string', slot: 'number', epoch: 'number' },
  primary: { partition: ['domainId'], sort: ['slot'] },
};

/**
 * The ledger: reference changes that are under way. An entry is written in the transaction of the pointer change that it
 * belongs to (or, for references to be taken first, before it), and is deleted when it is done.
 *
 * - SWITCH: a head goes from `out` to `in`; TAKING before it points there, DROPPING afterwards, UNDOING if it never came to that.
 * - REMOVAL: the node with root `out` was taken out from between `base` and `in`; DROPPING.
 * - COLLAPSE: the hidden node `nodeId` may have become removable; READY.
 * - MEASURE: the sizes of `nodeId` are to be counted again; READY.
 * - SAVE: the manifest of `nodeId` in the bucket is to be brought up to date; READY.
 * - REBUILD: the catalogue is being made anew, TAKING while nodes are being restored; see rebuild-barrier.ts. Nobody works at it; as the oldest of all it keeps
 *   reclaim from freeing anything.
 */
export interface EntryRow {
  readonly shard: number;
  readonly id: string;
  readonly accountId: string;
  readonly domainId: string;
  readonly regionId: string;
  readonly kind: 'SWITCH' | 'REMOVAL' | 'COLLAPSE' | 'MEASURE' | 'SAVE' | 'REBUILD';
  readonly phase: 'TAKING' | 'UNDOING' | 'DROPPING' | 'READY';
  readonly nodeId: string;
  readonly out: string;
  readonly in: string;
  readonly base: string;
  /** Progress: everything up to this place of the phase's walk is done. */
  readonly atBlock?: number;
  readonly atHeight?: number;
  /** UNDOING: how far TAKING had come. */
  readonly takenBlock?: number;
  readonly takenHeight?: number;
  /** What the steps so far changed in the domain's counts. */
  readonly objects: number;
  readonly storedBytes: number;
  readonly deadObjects: number;
  readonly deadBytes: number;
  readonly pages: number;
  readonly blockRefs: number;
  /** References to blocks dropped so far, and their stored bytes. */
  readonly droppedBlocks: number;
  readonly droppedBytes: number;
  /** REMOVAL: own sizes of the child before the drops are taken off; absent where not known. */
  readonly sumBlocks?: number;
  readonly sumBytes?: number;
  /** A node to look at when this is done: it has lost a child and may be hidden. */
  readonly thenCollapse?: string;
  /** SAVE: the number of the manifest, where it is settled from the start; see manifests.ts. */
  readonly manifest?: number;
  /** The account again, for work that changes references: there is so much of the other that it is in no index. */
  readonly changesOf?: string;
  /** The job of the call that caused this, as the caller named it. */
  readonly jobId?: string;
  readonly createdAt: number;
  readonly touchedAt: number;
}

export const LEDGER_SHARDS = 8;

export const entryEntity: Entity<EntryRow> = {
  name: 'entry',
  attributes: {
    shard: 'number',
    id: 'string',
    accountId: 'string',
    domainId: 'string',
    regionId: 'string',
    kind: 'string',
    phase: 'string',
    nodeId: 'string',
    out: 'string',
    in: 'string',
    base: 'string',
    atBlock: 'number',
    atHeight: 'number',
    takenBlock: 'number',
    takenHeight: 'number',
    objects: 'number',
    storedBytes: 'number',
    deadObjects: 'number',
    deadBytes: 'number',
    pages: 'number',
    blockRefs: 'number',
    droppedBlocks: 'number',
    droppedBytes: 'number',
    sumBlocks: 'number',
    sumBytes: 'number',
    thenCollapse: 'string',
    manifest: 'number',
    changesOf: 'string',
    jobId: 'string',
    createdAt: 'number',
    touchedAt: 'number',
  },
  primary: { partition: ['shard'], sort: ['id'] },
  indexes: { byAccount: { slot: 1, partition: ['changesOf'], sort: ['id'] } },
};
