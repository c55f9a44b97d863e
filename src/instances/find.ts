import type { Caller } from '../calls/caller.ts';
import { requireId, requireOwned } from '../calls/owned.ts';
import type { Catalogue } from '../platform/catalogue/port.ts';
import { type InstanceRow, instanceEntity } from './rows.ts';

export async function findInstance(catalogue: Catalogue, caller: Caller, id: string): Promise<InstanceRow> {
  requireId('i', 'Instance', id);
  const row = await catalogue.get(instanceEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, 'Instance', id, row);
}

export function allDiskIds({ systemDiskId, dataDiskIds }: InstanceRow): string[] {
  return systemDiskId === undefined ? [...dataDiskIds] : [systemDiskId, ...dataDiskIds];
}
