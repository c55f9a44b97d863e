import type { Role } from '../../../generated/schema.ts';
import type { Entity } from '../../../platform/catalogue/port.ts';

export interface AccountRow {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** Present while the account is in arrears (1.3). */
  readonly arrearsSince?: string;
  /** Where the janitor finds it, and when it looks next. */
  readonly arrearsShard?: number;
  readonly arrearsCheckAt?: string;
}

export const accountEntity: Entity<AccountRow> = {
  name: 'account',
  attributes: {
    id: 'string',
    name: 'string',
    createdAt: 'string',
    arrearsSince: 'string',
    arrearsShard: 'number',
    arrearsCheckAt: 'string',
  },
  primary: { partition: ['id'], sort: [] },
  indexes: { byArrears: { slot: 1, partition: ['arrearsShard'], sort: ['arrearsCheckAt', 'id'] } },
};

/** Found by its id alone: the account of a request comes from here. */
export interface ApiKeyRow {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly regions?: readonly string[];
  /** SHA-256 of the secret, hex. The secret is 32 random bytes, so a slow hash would add nothing. */
  readonly secretHash: string;
  readonly createdAt: string;
  readonly expiresAt?: string;
  readonly revokedAt?: string;
}

export const apiKeyEntity: Entity<ApiKeyRow> = {
  name: 'apikey',
  attributes: {
    id: 'string',
    accountId: 'string',
    name: 'string',
    role: 'string',
    regions: 'list',
    secretHash: 'string',
    createdAt: 'string',
    expiresAt: 'string',
    revokedAt: 'string',
  },
  primary: { partition: ['id'], sort: [] },
  indexes: { byAccount: { slot: 1, partition: ['accountId'], sort: ['createdAt', 'id'] } },
};

/** Rule 1.2: that snapshots are switched on. Never removed. */
export interface SnapshotServiceRow {
  readonly accountId: string;
  readonly region: string;
  readonly openedAt: string;
  readonly acceptedTerms: string;
}

export const snapshotServiceEntity: Entity<SnapshotServiceRow> = {
  name: 'snapshotservice',
  attributes: { accountId: 'string', region: 'string', openedAt: 'string', acceptedTerms: 'string' },
  primary: { partition: ['accountId', 'region'], sort: [] },
};
