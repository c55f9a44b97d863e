import { boolean, entity, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';

/**
 * How far the rows that earlier versions left have been put into the lists: one row. Until it is
 * done, lists are not complete, and nobody goes by them.
 */
export const listingEntity = entity({
  name: 'listing',
  attributes: {
    id: string<'listing'>(),
    done: boolean(),
    /** Everything of the domains up to this one is done. */
    afterDomain: optional(string()),
    /** Of the next domain: what is being listed, and the last one that is. */
    noun: optional(string<'disk' | 'snapshot'>()),
    afterCreatedAt: optional(string()),
    afterId: optional(string()),
  },
  primary: { partition: ['id'], sort: [] },
});
export type ListingRow = RowOf<typeof listingEntity>;
