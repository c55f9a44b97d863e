import type { ImageFilter, ImageOrder } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { parseNamedFilter, spanOf } from '../calls/filters.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { type ImageRow, imageEntity, imageShareEntity } from '../model/images/rows.ts';
import type { Service } from '../service.ts';

export interface ImageList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly filter?: ImageFilter | null | undefined;
  readonly orderBy: ImageOrder;
}

export function listImages(service: Service, caller: Caller, args: ImageList): Promise<Connection<ImageRow>> {
  const region = chooseRegion(service.regions, caller, args.region);
  const filter = args.filter ?? {};
  const span = spanOf(args.orderBy, filter);
  const isNamed = parseNamedFilter(filter);
  const { snapshotId, shared, encrypted } = filter;
  const matches = (image: ImageRow): boolean =>
    isNamed(image) &&
    (snapshotId == null || snapshotId === image.snapshotId) &&
    (shared == null || shared === image.sharedWith.length > 0) &&
    (encrypted == null || encrypted === (image.keyId !== undefined));
  const partition = { accountId: caller.accountId, region };
  return listPage(service.catalogue, { ...span, entity: imageEntity, partition, matches }, args);
}

interface SharedImageList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly name?: string | null | undefined;
}

/**
 * Those of other accounts. A share whose image was just taken back, or has another name than the
 * one asked for, is left out, so a page may be short.
 */
export async function listSharedImages(
  service: Service,
  caller: Caller,
  args: SharedImageList,
): Promise<Pick<Connection<ImageRow>, 'nodes' | 'pageInfo'>> {
  const region = chooseRegion(service.regions, caller, args.region);
  const isNamed = parseNamedFilter({ name: args.name });
  const { accountId } = caller;
  const shares = await listPage(
    service.catalogue,
    {
      entity: imageShareEntity,
      index: 'byTarget',
      partition: { toAccountId: accountId, region },
      sort: ['createdAt', 'imageId'],
      descending: true,
    },
    args,
  );
  const images = await service.catalogue.getMany(
    imageEntity,
    shares.nodes.map(({ ownerAccountId, imageId }) => ({ accountId: ownerAccountId, id: imageId })),
  );
  const nodes = images
    .filter((image) => image !== undefined)
    .filter((image) => image.sharedWith.includes(accountId) && isNamed(image));
  return { nodes, pageInfo: shares.pageInfo };
}
