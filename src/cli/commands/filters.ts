/** What lists with filters say of themselves. */
export const FILTERS =
  'Filters can be given together. Where no index has what they select, and fewer than one in ten ' +
  'match, the list is refused: fewer filters, or another order, are needed.';

/** An index has the names that begin with a text; the order of time has no use for that. */
export const BY_NAME = { field: 'NAME', direction: 'ASC' } as const;
/** What ends soonest first. */
export const BY_END = { field: 'EXPIRES_AT', direction: 'ASC' } as const;
