import type { Entity } from '../platform/catalogue/port.ts';

/** A node of the version tree: a disk's head, a draft, a snapshot or an image. */
export interface NodeRow {
  readonly accountId: string;
  readonly id: string;
  readonly kind: 'HEAD' | 'DRAFT' | 'SNAPSHOT' | 'IMAGE' | 'BASE';
  readonly domainId: string;
  /** The disk whose chain this node belongs to. */
  readonly chainId: string;
  readonly root: string;
  /** Goes up with every change of `root`. */
  readonly version: number;
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
}

export const nodeEntity: Entity<NodeRow> = {
  name: 'node',
  attributes: {
    accountId: 'string',
    id: 'string',
    kind: 'string',
    domainId: 'string',
    chainId: 'string',
    root: 'string',
    version: 'number',
    parentId: 'string',
    parentRoot: 'string',
    hidden: 'boolean',
    measuredRoot: 'string',
    measuredParentRoot: 'string',
    ownBlocks: 'number',
    ownBytes: 'number',
    totalBlocks: 'number',
    totalBytes: 'number',
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
  /** Reclaim is at it: no new references until the tombstone is gone. */
  readonly tombstonedAt?: number;
}

export const objectEntity: Entity<ObjectRow> = {
  name: 'object',
  attributes: {
    domainId: 'string',
    id: 'string',
    refs: 'number',
    storedBytes: 'number',
    zeroAt: 'number',
    tombstonedAt: 'number',
  },
  primary: { partition: ['domainId', 'id'], sort: [] },
};
