import type { Catalogue } from '../../../platform/catalogue/port.ts';
import type { Caller } from '../../calls/caller.ts';
import { requireId, requireOwned } from '../../calls/owned.ts';
import { type ChainRow, chainEntity } from '../chains/rows.ts';
import { type InstanceRow, instanceEntity } from './rows.ts';

export async function findInstance(catalogue: Catalogue, caller: Caller, id: string): Promise<InstanceRow> {
  requireId('i', 'Instance', id);
  const row = await catalogue.get(instanceEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, 'Instance', id, row);
}

export function allDiskIds({ systemDiskId, dataDiskIds }: InstanceRow): string[] {
  return systemDiskId === undefined ? [...dataDiskIds] : [systemDiskId, ...dataDiskIds];
}

/** The chains of the instances' disks, each once. LOCAL disks have none. */
export async function chainsOf(catalogue: Catalogue, instances: readonly InstanceRow[]): Promise<ChainRow[]> {
  const keys = new Map(
    instances.flatMap((instance) => {
      const { accountId } = instance;
      return allDiskIds(instance).map((id) => [id, { accountId, id }] as const);
    }),
  );
  const found = await catalogue.getMany(chainEntity, [...keys.values()]);
  return found.filter((chain) => chain !== undefined);
}
