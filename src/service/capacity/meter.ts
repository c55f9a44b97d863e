import { nodesOfChain } from '../../engine/books/account-nodes.ts';
import { isVisible } from '../../engine/books/nodes.ts';
import type { Tag } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { type Catalogue, type ListPage, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import {
  type MeteredHourRow,
  type MeteredPageRow,
  type MeteredPart,
  type MeteredPlace,
  meteredHourEntity,
  meteredPageEntity,
} from '../model/capacity/metering-rows.ts';
import { sampleEntity, sampleForgetAt } from '../model/capacity/rows.ts';
import { chainEntity } from '../model/chains/rows.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { imageEntity } from '../model/images/rows.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import { hourOf } from './capacity.ts';
import { foldDayBefore, type MeterDeps } from './fold-day.ts';
import { forgetLater, hasLater } from './forget-later.ts';
import { fitting } from './page-bytes.ts';
import type { Place } from './shares.ts';

/** A month can be closed for some days after its end from its hours; later from its days. */
const PAGES_KEPT_DAYS = 40;
const LISTED = 100;
const IN_FLIGHT = 8;
const FIRST: MeteredPlace = { kind: 'chain', createdAt: '', id: '' };

/**
 * Rule 8.2: what each chain and image of an account holds in this hour, once the region has its
 * sample. Each page is put if there is none, and names the place where the next one begins. So any
 * number of janitors write the same pages, and one that was killed is gone on with. Answers whether
 * nothing is left to do.
 *
 * A clock that is ahead samples nothing: the hour is then missing, which is said in statements.
 */
export async function meter(deps: MeterDeps, place: Place, hour: string, isOver: () => boolean): Promise<boolean> {
  const { catalogue, clock, trust } = deps;
  const { accountId, region } = place;
  if (!trust.mayDeleteByTime(clock.now())) return true;
  if ((await catalogue.get(meteredHourEntity, { accountId, region, hour })) !== undefined) return true;
  const sample = await catalogue.get(sampleEntity, { accountId, region, hour });
  if (sample === undefined) return true;
  // Not later than `hour`, which may be over by now, and the next one sampled by another janitor.
  const present = hourOf(clock.now());
  if (await hasLater(catalogue, place, present)) {
    if (!trust.isTrusted(clock.now())) return true;
    await forgetLater(catalogue, place, present);
  }
  await foldDayBefore(deps, place, hour);
  let page = 0;
  for (let next: MeteredPlace | undefined = FIRST; next !== undefined; page++) {
    if (isOver()) return false;
    const row: MeteredPageRow = await pageOf(deps, { accountId, region, hour, page }, next);
    next = row.next[0];
  }
  const { storedBytes } = sample;
  const forgetAt = sampleForgetAt(clock.now());
  const at = isoTime(clock.now());
  const row: MeteredHourRow = { accountId, region, hour, at, storedBytes, pages: page, forgetAt };
  await catalogue.transact([put(meteredHourEntity, row, 'absent')]);
  return true;
}

type PageKey = Pick<MeteredPageRow, 'accountId' | 'region' | 'hour' | 'page'>;

/** The one that is there, or that another janitor was faster with, counts. */
async function pageOf({ catalogue, clock }: MeterDeps, key: PageKey, from: MeteredPlace): Promise<MeteredPageRow> {
  const known = await catalogue.get(meteredPageEntity, key);
  if (known !== undefined) return known;
  const { parts, next } = await gather(catalogue, key, from);
  const forgetAt = sampleForgetAt(clock.now(), PAGES_KEPT_DAYS);
  const row: MeteredPageRow = { ...key, parts, next: next === undefined ? [] : [next], forgetAt };
  if ((await catalogue.transact([put(meteredPageEntity, row, 'absent')])).ok) return row;
  return (await catalogue.get(meteredPageEntity, key)) ?? row;
}

interface Gathered {
  readonly parts: readonly MeteredPart[];
  readonly next: MeteredPlace | undefined;
}

/** As many as one row holds. Chains come first, images behind them. */
async function gather(catalogue: Catalogue, place: Place, from: MeteredPlace): Promise<Gathered> {
  const { kind } = from;
  const partition = { accountId: place.accountId, region: place.region };
  const after = from.id === '' ? {} : { after: { createdAt: from.createdAt, id: from.id } };
  const query = { index: 'byCreation' as const, partition, limit: LISTED, ...after };
  const { rows, more }: ListPage<Member> =
    kind === 'chain' ? await catalogue.list(chainEntity, query) : await catalogue.list(imageEntity, query);
  const found = await mapBounded(rows, IN_FLIGHT, (row) => partOf(catalogue, place, row));
  const count = fitting(found);
  const last = rows[count - 1];
  const isEnd = last === undefined || (count === rows.length && !more);
  const onward = kind === 'chain' ? { ...FIRST, kind: 'image' as const } : undefined;
  return {
    parts: found.slice(0, count).filter(({ own }) => own > 0),
    next: isEnd ? onward : { kind, createdAt: last.createdAt, id: last.id },
  };
}

interface Member {
  readonly id: string;
  readonly createdAt: string;
  /** Of an image; those of a chain are its disk's. */
  readonly tags?: readonly Tag[];
}

/**
 * Own bytes are weights: where a version was changed and not measured since, those of before count.
 * Without its disk a chain has the tags of its newest snapshot.
 */
async function partOf(catalogue: Catalogue, { accountId, region }: Place, member: Member): Promise<MeteredPart> {
  const { id } = member;
  const all = await nodesOfChain({ catalogue }, accountId, id);
  const nodes = all.filter(({ regionId }) => regionId === region);
  const own = nodes.reduce((sum, { ownBytes }) => sum + ownBytes, 0);
  if (own === 0) return { id, own };
  const newest = nodes.findLast((node) => node.kind === 'SNAPSHOT' && isVisible(node));
  const tags =
    member.tags ??
    (await catalogue.get(diskEntity, { accountId, id }))?.tags ??
    (newest && (await catalogue.get(snapshotEntity, { accountId, id: newest.id })))?.tags ??
    [];
  return { id, own, ...(tags.length > 0 && { tags }) };
}
