import { type DamageRow, damageEntity } from '../../engine/books/rows.ts';
import type { Caller } from '../calls/caller.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import type { Service } from '../service.ts';

export function listDamages(
  service: Service,
  caller: Caller,
  args: PageArgs & { readonly region?: string | null | undefined; readonly healed: boolean },
): Promise<Connection<DamageRow>> {
  const partition = { accountId: caller.accountId, regionId: chooseRegion(service.regions, caller, args.region) };
  const matches = ({ healedAt }: DamageRow): boolean => args.healed || healedAt === undefined;
  return listPage(
    service.catalogue,
    { entity: damageEntity, partition, sort: ['domainId', 'objectId'], matches },
    args,
  );
}
