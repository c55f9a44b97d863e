import type { BreachReason } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { type Connection, type PageArgs, slicePage } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { readDisks } from '../model/disks/find.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { breachList, DISK_LISTS } from '../model/listed/disk-lists.ts';
import { pageOfPart } from '../model/listed/part.ts';
import { type TagObjective, tagObjectivesEntity } from '../model/watch/rows.ts';
import type { Service } from '../service.ts';

type OfRegion = PageArgs & { readonly region?: string | null | undefined };

/** Those that were told to be in breach, and are still; the reason is the one that was told. */
export async function listBreaches(
  { catalogue, regions }: Service,
  caller: Caller,
  args: OfRegion & { readonly reason?: BreachReason | null | undefined },
): Promise<Connection<DiskRow>> {
  const place = { accountId: caller.accountId, region: chooseRegion(regions, caller, args.region) };
  const { reason } = args;
  const part = { list: reason == null ? DISK_LISTS.BREACH : breachList(reason) };
  const matches = (disk: DiskRow) =>
    disk.inBreachSince !== undefined && (reason == null || reason === disk.breachReason);
  return pageOfPart(catalogue, { place, part, read: readDisks(catalogue), descending: false, matches }, args);
}

export async function listTagObjectives(
  { catalogue, regions }: Service,
  caller: Caller,
  args: OfRegion,
): Promise<Connection<TagObjective>> {
  const place = { accountId: caller.accountId, region: chooseRegion(regions, caller, args.region) };
  const row = await catalogue.get(tagObjectivesEntity, place);
  return slicePage(row?.tags ?? [], ['order'], args);
}
