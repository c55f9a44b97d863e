import { entity, number, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * What is known of a draft besides its contents, which its node in the version tree has under the
 * same id.
 */
export const draftEntity = entity({
  name: 'draft',
  attributes: {
    accountId: string(),
    id: string(),
    diskId: string(),
    region: string(),
    /**
     * A closed draft is remembered for a while, so that closing it again can be told from closing
     * another's.
     */
    state: string<'OPEN' | 'COMMITTED' | 'DISCARDED'>(),
    baseVersion: number(),
    label: optional(string()),
    createdAt: string(),
    expiresAt: string(),
    /** Present while it is open: the sweep of expired drafts finds it by this. */
    sweepShard: optional(number()),
    /** Epoch second after which the row of a closed draft may go. */
    forgetAt: optional(number()),
  },
  primary: { partition: ['accountId', 'id'], sort: [] },
  indexes: {
    byDisk: { slot: 1, partition: ['accountId', 'diskId'], sort: ['createdAt', 'id'] },
    byExpiry: { slot: 2, partition: ['sweepShard'], sort: ['expiresAt', 'id'] },
  },
  expiry: 'forgetAt',
});
export type DraftRow = RowOf<typeof draftEntity>;
