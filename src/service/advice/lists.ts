import { mapBounded } from '../../platform/bounded.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { costOf, parsePrice } from '../model/advice/price.ts';
import { purposeOf } from '../model/advice/purposes.ts';
import { readDisks } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { isCoverable } from '../model/disks/rules.ts';
import { DISK_LISTS, isBare } from '../model/listed/disk-lists.ts';
import { pageOfPart } from '../model/listed/part.ts';
import { areListsWhole } from '../model/listed/whole.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { freedBytesWith } from '../model/trash/freed.ts';
import type { Service } from '../service.ts';
import { adviseOn, type DiskAdvice } from './disk-advice.ts';
import { newestSnapshotId } from './newest.ts';
import { priceInForce } from './price-in-force.ts';

/** Each looks at a whole chain: five of the longest are what a request may read. */
const MOST_ADVICE = 5;
/** Each is a preview. */
export const MOST_PREVIEWS = 20;
/** Of a page: what they compare is read from the store. */
const IN_FLIGHT = 2;

export interface AdviceList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly pricePerGibMonth?: number | null | undefined;
}

export interface UnprotectedDisk extends Freed {
  readonly disk: DiskRow;
  readonly purpose: ReturnType<typeof purposeOf>;
  readonly newestSnapshot: SnapshotRow | null;
}

export interface Freed {
  readonly freedBytes: number | null;
  readonly freedCost: number | null;
}

/** Rule 8.3: the disks of a region that can have a policy. */
export async function listAdvice(service: Service, caller: Caller, args: AdviceList): Promise<Connection<DiskAdvice>> {
  const { price, region } = await parse(service, caller, args, MOST_ADVICE);
  const page = await listDisks(service.catalogue, { accountId: caller.accountId, region }, args, isCoverable);
  return mapNodes(page, (disk) => adviseOn(service, disk, price));
}

/** Rule 8.3: the disks that nothing protects. */
export async function listUnprotected(
  service: Service,
  caller: Caller,
  args: AdviceList,
): Promise<Connection<UnprotectedDisk>> {
  const { price, region } = await parse(service, caller, args, MOST_PREVIEWS);
  const { catalogue, tree } = service;
  const place = { accountId: caller.accountId, region };
  const part = { list: DISK_LISTS.BARE };
  const page = (await areListsWhole(catalogue))
    ? await pageOfPart(catalogue, { place, part, read: readDisks(catalogue), descending: true, matches: isBare }, args)
    : await listDisks(catalogue, place, args, isBare);
  return mapNodes(page, async (disk) => {
    const { accountId, id, kind, tags } = disk;
    const newest = await newestSnapshotId(catalogue, { accountId, chainId: id });
    const snapshot = newest === undefined ? undefined : await catalogue.get(snapshotEntity, { accountId, id: newest });
    const freedBytes = await freedBytesWith(tree, accountId, [id]);
    const freed = { freedBytes, freedCost: costOf(freedBytes, price) };
    return { disk, purpose: purposeOf(kind, tags), newestSnapshot: snapshot ?? null, ...freed };
  });
}

export async function parse(service: Service, caller: Caller, args: AdviceList, most: number) {
  parseWhole('first', args.first, { min: 1, max: most });
  const named = parsePrice('pricePerGibMonth', args.pricePerGibMonth);
  const region = chooseRegion(service.regions, caller, args.region);
  return { region, price: named ?? (await priceInForce(service, region)) };
}

function listDisks(
  catalogue: Catalogue,
  partition: { readonly accountId: string; readonly region: string },
  args: PageArgs,
  matches: (disk: DiskRow) => boolean,
): Promise<Connection<DiskRow>> {
  const sort = ['createdAt', 'id'] as const;
  return listPage(
    catalogue,
    { entity: diskEntity, index: 'byCreation', partition, sort, descending: true, matches },
    args,
  );
}

/** The same page of something else. */
export async function mapNodes<From, To>(
  { nodes, edges, pageInfo }: Connection<From>,
  map: (node: From) => Promise<To>,
): Promise<Connection<To>> {
  const mapped = await mapBounded(nodes, IN_FLIGHT, map);
  return { nodes: mapped, edges: edges.map(({ cursor }, at) => ({ cursor, node: mapped[at] as To })), pageInfo };
}
