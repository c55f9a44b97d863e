import { entity, number, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * That a disk is open for writing, for one holder. There exactly while the disk's head has a writer
 * of its own, with the same fence: both change in one transaction.
 */
export const leaseEntity = entity({
  name: 'lease',
  attributes: {
    accountId: string(),
    diskId: string(),
    region: string(),
    holder: string(),
    fence: number(),
    acquiredAt: string(),
    renewedAt: string(),
    /** From then on anybody may take it; the holder may still renew it as long as nobody has. */
    expiresAt: string(),
    /**
     * The instance that the disk is written to under: a HOST that came with the lease, or one that
     * had the disk before.
     */
    instanceId: string(),
    /** Goes up with each snapshot that asks the holder to flush. */
    flushRequest: number(),
  },
  primary: { partition: ['accountId', 'diskId'], sort: [] },
});
export type LeaseRow = RowOf<typeof leaseEntity>;

/**
 * Where the janitor finds a lease, and when it looks at it next: it is written seldom, unlike the
 * lease itself. One without its lease does no harm: it goes when it is found.
 */
export const leaseCheckEntity = entity({
  name: 'leasecheck',
  attributes: {
    shard: number(),
    checkAt: string(),
    diskId: string(),
    accountId: string(),
  },
  primary: { partition: ['shard'], sort: ['checkAt', 'diskId'] },
});
export type LeaseCheckRow = RowOf<typeof leaseCheckEntity>;

/** Spreads what the janitor looks at. */
export const CHECK_SHARDS = 4;

export function checkRow({ accountId, diskId }: LeaseRow, checkAt: string): LeaseCheckRow {
  return { shard: diskId.charCodeAt(diskId.length - 1) % CHECK_SHARDS, checkAt, diskId, accountId };
}

/** The instance that stands for a host: one for an account, region and holder. */
export const hostEntity = entity({
  name: 'host',
  attributes: {
    accountId: string(),
    region: string(),
    holder: string(),
    instanceId: string(),
  },
  primary: { partition: ['accountId', 'region', 'holder'], sort: [] },
});
export type HostRow = RowOf<typeof hostEntity>;
