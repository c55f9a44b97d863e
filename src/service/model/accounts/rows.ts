import type { Role } from '../../../generated/schema.ts';
import { entity, list, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

export const accountEntity = entity({
  name: 'account',
  attributes: {
    id: string(),
    name: string(),
    createdAt: string(),
    /** How long what a person deletes can be brought back; see trash-hours.ts. */
    trashHours: optional(number()),
    /** Present while the account is in arrears (1.3). */
    arrearsSince: optional(string()),
    /** Present where its balance began them, and so ends them: not the operator's own mark. */
    arrearsBy: optional(string<'BALANCE'>()),
    /** Where the janitor finds it, and when it looks next. */
    arrearsShard: optional(number()),
    arrearsCheckAt: optional(string()),
  },
  primary: { partition: ['id'], sort: [] },
  indexes: { byArrears: { slot: 1, partition: ['arrearsShard'], sort: ['arrearsCheckAt', 'id'] } },
});
export type AccountRow = RowOf<typeof accountEntity>;

/** Found by its id alone: the account of a request comes from here. */
export const apiKeyEntity = entity({
  name: 'apikey',
  attributes: {
    id: string(),
    accountId: string(),
    name: string(),
    role: string<Role>(),
    regions: optional(list<string>()),
    /**
     * SHA-256 of the secret, hex. The secret is 32 random bytes, so a slow hash would add nothing.
     */
    secretHash: string(),
    createdAt: string(),
    expiresAt: optional(string()),
    revokedAt: optional(string()),
    /** The id of the key that made it, or `operator`. Keys of earlier versions do not have it. */
    createdBy: optional(string()),
  },
  primary: { partition: ['id'], sort: [] },
  indexes: { byAccount: { slot: 1, partition: ['accountId'], sort: ['createdAt', 'id'] } },
});
export type ApiKeyRow = RowOf<typeof apiKeyEntity>;

/** Rule 1.2: that snapshots are switched on. Never removed. */
export const snapshotServiceEntity = entity({
  name: 'snapshotservice',
  attributes: {
    accountId: string(),
    region: string(),
    openedAt: string(),
    acceptedTerms: string(),
  },
  primary: { partition: ['accountId', 'region'], sort: [] },
});
export type SnapshotServiceRow = RowOf<typeof snapshotServiceEntity>;
