import type { TrashKind } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { type TrashRow, trashEntity } from '../model/trash/rows.ts';
import type { Service } from '../service.ts';

export interface TrashList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly kind: TrashKind;
}

/** Of one kind, what was deleted last first. */
export function listTrash(service: Service, caller: Caller, args: TrashList): Promise<Connection<TrashRow>> {
  const { accountId } = caller;
  const region = chooseRegion(service.regions, caller, args.region);
  const partition = { accountId, region, kind: args.kind };
  const sort = ['deletedAt', 'id'] as const;
  const query = { entity: trashEntity, index: 'byDeletion' as const, partition, sort, descending: true };
  return listPage(service.catalogue, query, args);
}
