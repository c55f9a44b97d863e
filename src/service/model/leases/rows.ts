import type { Entity } from '../../../platform/catalogue/port.ts';

/**
 * That a disk is open for writing, for one holder. There exactly while the disk's head has a writer of its own, with the same fence: both change
 * in one transaction.
 */
export interface LeaseRow {
  readonly accountId: string;
  readonly diskId: string;
  readonly region: string;
  readonly holder: string;
  readonly fence: number;
  readonly acquiredAt: string;
  readonly renewedAt: string;
  /** From then on anybody may take it; the holder may still renew it as long as nobody has. */
  readonly expiresAt: string;
  /** The instance that the disk is written to under: a HOST that came with the lease, or one that had the disk before. */
  readonly instanceId: string;
  /** Goes up with each snapshot that asks the holder to flush. */
  readonly flushRequest: number;
}

export const leaseEntity: Entity<LeaseRow> = {
  name: 'lease',
  attributes: {
    accountId: 'string',
    diskId: 'string',
    region: 'string',
    holder: 'string',
    fence: 'number',
    acquiredAt: 'string',
    renewedAt: 'string',
    expiresAt: 'string',
    instanceId: 'string',
    flushRequest: 'number',
  },
  primary: { partition: ['accountId', 'diskId'], sort: [] },
};

/**
 * Where the janitor finds a lease, and when it looks at it next: it is written seldom, unlike the lease itself. One without its lease does no
 * harm: it goes when it is found.
 */
export interface LeaseCheckRow {
  readonly shard: number;
  readonly checkAt: string;
  readonly diskId: string;
  readonly accountId: string;
}

export const leaseCheckEntity: Entity<LeaseCheckRow> = {
  name: 'leasecheck',
  attributes: { shard: 'number', checkAt: 'string', diskId: 'string', accountId: 'string' },
  primary: { partition: ['shard'], sort: ['checkAt', 'diskId'] },
};

/** Spreads what the janitor looks at. */
export const CHECK_SHARDS = 4;

export function checkRow({ accountId, diskId }: LeaseRow, checkAt: string): LeaseCheckRow {
  return { shard: diskId.charCodeAt(diskId.length - 1) % CHECK_SHARDS, checkAt, diskId, accountId };
}

/** The instance that stands for a host: one for an account, region and holder. */
export interface HostRow {
  readonly accountId: string;
  readonly region: string;
  readonly holder: string;
  readonly instanceId: string;
}

export const hostEntity: Entity<HostRow> = {
  name: 'host',
  attributes: { accountId: 'string', region: 'string', holder: 'string', instanceId: 'string' },
  primary: { partition: ['accountId', 'region', 'holder'], sort: [] },
};
