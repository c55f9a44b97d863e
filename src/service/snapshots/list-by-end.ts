import type { SnapshotFilter } from '../../generated/schema.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { type Connection, listThrough, type PageArgs } from '../calls/page.ts';
import { requireLists } from '../model/listed/whole.ts';
import { type ExpiryRow, expiryEntity } from '../model/snapshots/expiry-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';

interface Wanted {
  readonly descending: boolean;
  readonly matches: (row: SnapshotRow) => boolean;
  readonly filter: SnapshotFilter;
}

/** Those with an end, in the order of their ends. */
export async function pageByEnd(
  catalogue: Catalogue,
  place: { readonly accountId: string; readonly region: string },
  { descending, matches, filter: { expiresFrom, expiresBefore } }: Wanted,
  args: PageArgs,
): Promise<Connection<SnapshotRow>> {
  await requireLists(catalogue);
  const start = descending ? expiresBefore : expiresFrom;
  const beyond = ({ endsAt = '' }: ExpiryRow) =>
    descending ? expiresFrom != null && endsAt < expiresFrom : expiresBefore != null && endsAt >= expiresBefore;
  return listThrough<typeof expiryEntity, SnapshotRow, 'byEnd'>(
    catalogue,
    {
      entity: expiryEntity,
      index: 'byEnd',
      partition: place,
      sort: ['endsAt', 'snapshotId'],
      descending,
      beyond,
      matches,
      refuseSparse: true,
      ...(start != null && { from: { endsAt: start, snapshotId: '' } }),
    },
    args,
    (rows) => snapshotsThatEnd(catalogue, rows),
  );
}

/**
 * A row stays for a moment when a retention ends otherwise (3.8, 10.2, 10.4). One that is looked
 * at again, as it is in use, can have two rows for a while: they lie side by side.
 */
async function snapshotsThatEnd(
  catalogue: Catalogue,
  rows: readonly ExpiryRow[],
): Promise<(SnapshotRow | undefined)[]> {
  const found = await catalogue.getMany(
    snapshotEntity,
    rows.map(({ accountId, snapshotId: id }) => ({ accountId, id })),
  );
  return found.map((row, at) => {
    const isAgain = row?.id === rows[at - 1]?.snapshotId;
    return row?.expiresAt === rows[at]?.endsAt && !isAgain ? row : undefined;
  });
}
