import type { Entity } from '../../../platform/catalogue/port.ts';

/** What is known of a draft besides its contents, which its node in the version tree has under the same id. */
export interface DraftRow {
  readonly accountId: string;
  readonly id: string;
  readonly diskId: string;
  readonly region: string;
  /** A closed draft is remembered for a while, so that closing it again can be told from closing another's. */
  readonly state: 'OPEN' | 'COMMITTED' | 'DISCARDED';
  readonly baseVersion: number;
  readonly label?: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  /** Present while it is open: the sweep of expired drafts finds it by this. */
  readonly sweepShard?: number;
  /** Epoch second after which the row of a closed draft may go. */
  readonly forgetAt?: number;
}

export const draftEntity: Entity<DraftRow> = {
  name: 'draft',
  attributes: {
    accountId: 'string',
    id: 'string',
    diskId: 'string',
    region: 'string',
    state: 'string',
    baseVersion: 'number',
    label: 'string',
    createdAt: 'string',
    expiresAt: 'string',
    sweepShard: 'number',
    forgetAt: 'number',
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byDisk: { slot: 1, partition: ['accountId', 'diskId'], sort: ['createdAt', 'id'] },
    byExpiry: { slot: 2, partition: ['sweepShard'], sort: ['expiresAt', 'id'] },
  },
  expiry: 'forgetAt',
};
