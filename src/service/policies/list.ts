import type { PolicyFilter, PolicyOrder } from '../../generated/schema.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import type { Caller } from '../calls/caller.ts';
import { parseNamedFilter, spanOf } from '../calls/filters.ts';
import { type Connection, listPage, type PageArgs, slicePage } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { readDisks } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { DISK_LISTS } from '../model/listed/disk-lists.ts';
import { pageOfPart } from '../model/listed/part.ts';
import { areListsWhole } from '../model/listed/whole.ts';
import { coverEntity, type PolicyRow } from '../model/policies/rows.ts';
import type { Service } from '../service.ts';
import { policiesOf } from './register.ts';

export interface PolicyList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly filter?: PolicyFilter | null | undefined;
  readonly orderBy: PolicyOrder;
}

/** A region's policies are few, so one read has them all. */
export async function listPolicies(
  { catalogue, regions }: Service,
  caller: Caller,
  args: PolicyList,
): Promise<Connection<PolicyRow>> {
  const region = chooseRegion(regions, caller, args.region);
  const filter = args.filter ?? {};
  const isNamed = parseNamedFilter(filter);
  const rows = await policiesOf(catalogue, { accountId: caller.accountId, region });
  const found = rows.filter((row) => isNamed(row) && (filter.status == null || filter.status === row.status));
  const { sort, descending } = spanOf(args.orderBy, filter);
  return slicePage(found, sort, args, descending);
}

/**
 * The disks under a policy. One that was released a moment ago is left out, so a page may be short.
 */
export async function listCovered(
  catalogue: Catalogue,
  { accountId, id: policyId }: PolicyRow,
  args: PageArgs,
): Promise<Connection<DiskRow>> {
  const listing = { entity: coverEntity, partition: { accountId, policyId }, sort: ['diskId'] as const };
  const page = await listPage(catalogue, listing, args);
  const disks = await catalogue.getMany(
    diskEntity,
    page.nodes.map(({ diskId: id }) => ({ accountId, id })),
  );
  const edges = page.edges.flatMap(({ cursor }, at) => {
    const node = disks[at];
    return node === undefined ? [] : [{ cursor, node }];
  });
  return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo };
}

/** Rule 5.7: the disks that the policy could be applied to. */
export async function listCoverable(
  catalogue: Catalogue,
  { accountId, region, id: policyId }: PolicyRow,
  args: PageArgs & { readonly withoutPolicy: boolean },
): Promise<Connection<DiskRow>> {
  const matches = (disk: DiskRow): boolean =>
    disk.category !== 'LOCAL' && disk.policyId !== policyId && (!args.withoutPolicy || disk.policyId === undefined);
  if (args.withoutPolicy && (await areListsWhole(catalogue))) {
    const part = { list: DISK_LISTS.BARE };
    const place = { accountId, region };
    return pageOfPart(catalogue, { place, part, read: readDisks(catalogue), descending: true, matches }, args);
  }
  return listPage(
    catalogue,
    {
      entity: diskEntity,
      index: 'byCreation',
      partition: { accountId, region },
      sort: ['createdAt', 'id'],
      descending: true,
      matches,
    },
    args,
  );
}
