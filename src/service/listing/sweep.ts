import { domainCountEntity } from '../../engine/books/rows.ts';
import { absent, type Catalogue, check, equal, put, type Write } from '../../platform/catalogue/port.ts';
import { pagesOfRows, rowsOf } from '../../platform/catalogue/rows-of.ts';
import { type Counts, type Round, sweep } from '../../platform/sweep.ts';
import { untilAccepted } from '../calls/attempts.ts';
import { type DiskRow, diskEntity, domainEntity } from '../model/disks/rows.ts';
import { type ListingRow, listingEntity } from '../model/listed/backfill-rows.ts';
import { listDisk } from '../model/listed/disk-lists.ts';
import { listSnapshot } from '../model/listed/snapshot-lists.ts';
import { expiryWrites } from '../model/snapshots/expiry-rows.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';

const PAGE = 100;
const IN_FLIGHT = 8;
/** Every domain has this counter from its beginning. */
const FIRST_SHARD = 0;

type Deps = Pick<Service, 'catalogue' | 'clock' | 'random'>;
type ListingRound = Round<'listed'>;

/**
 * The janitor's round: puts what earlier versions made into the lists, once. It goes from domain to
 * domain, remembers where it is, and does nothing any more when it has come to the end. What is
 * made since then is in the lists from the start. Can be killed anywhere and done by several at
 * once. A row is listed only as it was read:
 *
 *     here:   read (tag a) ──────────── list a, if the tags are still those: refused ── read again
 *     a call:            tag b, unlist a
 */
export function sweepListing(deps: Deps, until: number): Promise<Counts<'listed'>> {
  return sweep(deps.clock, { until, counts: ['listed'] }, async (round) => {
    const known = await deps.catalogue.get(listingEntity, { id: 'listing' });
    if (known?.done) return;
    const place: ListingRow = known ?? { id: 'listing', done: false };
    const query = {
      index: 'byShard' as const,
      partition: { shard: FIRST_SHARD },
      pageSize: PAGE,
      ...(place.afterDomain !== undefined && { after: { domainId: place.afterDomain } }),
    };
    let resume: ListingRow = place;
    let isBehind = false;
    const isWhole = await round.each(rowsOf(deps.catalogue, domainCountEntity, query), async ({ domainId }) => {
      const from: ListingRow = isBehind ? { id: 'listing', done: false } : resume;
      const isDone = await listDomain({ ...deps, round, keeps: !isBehind }, domainId, from);
      if (!isDone) isBehind = true;
      if (isBehind) return;
      resume = { id: 'listing', done: false, afterDomain: domainId };
      await keep(deps.catalogue, resume);
    });
    if (isWhole && !isBehind) await keep(deps.catalogue, { id: 'listing', done: true });
  });
}

/** What is done stays done, also where another round has overtaken this one. */
async function keep(catalogue: Catalogue, row: ListingRow): Promise<void> {
  const moved = await catalogue.transact([put(listingEntity, row, [equal('done', false)])]);
  if (!moved.ok) await catalogue.transact([put(listingEntity, row, 'absent')]);
}

interface Work extends Deps {
  readonly round: ListingRound;
  /** Whether the place moves on: not behind something that failed, which is to be tried again. */
  readonly keeps: boolean;
}

/**
 * All of its account and region: that of another domain is then listed twice, to the same end.
 * Answers whether it is whole.
 */
async function listDomain(work: Work, domainId: string, from: ListingRow): Promise<boolean> {
  const domain = await work.catalogue.get(domainEntity, { id: domainId });
  if (domain === undefined) return true;
  const place = { accountId: domain.accountId, region: domain.region };
  const begin: ListingRow = { id: from.id, done: false, ...afterOf(from) };
  if (from.noun === 'snapshot') return listNoun(work, { noun: 'snapshot', place, from });
  return (
    (await listNoun(work, { noun: 'disk', place, from })) &&
    (await listNoun(work, { noun: 'snapshot', place, from: begin }))
  );
}

const afterOf = ({ afterDomain }: ListingRow) => (afterDomain === undefined ? {} : { afterDomain });

interface Part {
  readonly noun: 'disk' | 'snapshot';
  readonly place: { readonly accountId: string; readonly region: string };
  readonly from: ListingRow;
}

async function listNoun({ round, keeps, ...deps }: Work, { noun, place, from }: Part): Promise<boolean> {
  const { catalogue } = deps;
  const { afterCreatedAt: createdAt, afterId: id } = from;
  const query = {
    index: 'byCreation' as const,
    partition: place,
    pageSize: PAGE,
    ...(createdAt !== undefined && id !== undefined && { after: { createdAt, id } }),
  };
  const pages =
    noun === 'disk' ? pagesOfRows(catalogue, diskEntity, query) : pagesOfRows(catalogue, snapshotEntity, query);
  for await (const { rows } of pages) {
    const listOne = async (row: DiskRow | SnapshotRow) => {
      const listed = 'diskId' in row ? listOneSnapshot(deps, row) : listOneDisk(deps, row);
      if (await listed) round.count('listed');
    };
    if (!(await round.each<DiskRow | SnapshotRow>(rows, listOne, { atOnce: IN_FLIGHT }))) return false;
    const last = rows.at(-1);
    if (last === undefined || !keeps) continue;
    const reached = { noun, afterCreatedAt: last.createdAt, afterId: last.id };
    await keep(catalogue, { id: 'listing', done: false, ...afterOf(from), ...reached });
  }
  return true;
}

function listOneDisk(deps: Deps, found: DiskRow): Promise<boolean> {
  const key = { accountId: found.accountId, id: found.id };
  return untilListed(deps, found, {
    again: () => deps.catalogue.get(diskEntity, key),
    asRead: ({ policyId, tags }) => {
      const covered = policyId === undefined ? absent('policyId') : equal('policyId', policyId);
      return check(diskEntity, key, [equal('tags', tags), covered]);
    },
    writes: listDisk,
  });
}

function listOneSnapshot(deps: Deps, found: SnapshotRow): Promise<boolean> {
  const key = { accountId: found.accountId, id: found.id };
  return untilListed(deps, found, {
    again: () => deps.catalogue.get(snapshotEntity, key),
    asRead: ({ status, tags, diskCount, imageCount, expiresAt }) => {
      const ends = expiresAt === undefined ? absent('expiresAt') : equal('expiresAt', expiresAt);
      const uses = [equal('diskCount', diskCount), equal('imageCount', imageCount)];
      return check(snapshotEntity, key, [equal('status', status), equal('tags', tags), ends, ...uses]);
    },
    writes: (row) => [...listSnapshot(row), ...expiryWrites(row)],
  });
}

interface Listing<Row> {
  again(): Promise<Row | undefined>;
  asRead(row: Row): Write;
  writes(row: Row): Write[];
}

/** Whether there was anything to be listed. */
function untilListed<Row>(deps: Deps, found: Row, { again, asRead, writes }: Listing<Row>): Promise<boolean> {
  let row: Row | undefined = found;
  return untilAccepted(deps, async () => {
    const wanted = row === undefined ? [] : writes(row);
    if (row === undefined || wanted.length === 0) return { ok: true, value: false };
    const result = await deps.catalogue.transact([asRead(row), ...wanted]);
    if (result.ok) return { ok: true, value: true };
    row = await again();
    return { ok: false, refused: result.failed };
  });
}
