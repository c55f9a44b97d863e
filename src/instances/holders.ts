import type { DiskRow } from '../disks/rows.ts';
import { attachedTo } from '../disks/rules.ts';
import { type Catalogue, check, patch, type Write } from '../platform/catalogue/port.ts';
import { type InstanceRow, instanceEntity, seenInstance } from './rows.ts';
import { isHost, requireInstance } from './rules.ts';
import { afterInstance, type InstanceOperation } from './states.ts';

/** The instances that a disk is attached to. */
export async function holdersOf(catalogue: Catalogue, disk: DiskRow): Promise<InstanceRow[]> {
  const { accountId } = disk;
  const ids = attachedTo(disk);
  if (ids.length === 0) return [];
  const rows = await catalogue.getMany(
    instanceEntity,
    ids.map((id) => ({ accountId, id })),
  );
  return rows.filter((row) => row !== undefined);
}

/** A host goes with its lease, which is asked for by itself. */
export function besidesHosts(holders: readonly InstanceRow[]): InstanceRow[] {
  return holders.filter((holder) => !isHost(holder));
}

export function requireHolders(holders: readonly InstanceRow[], operation: InstanceOperation): void {
  for (const holder of holders) requireInstance(holder, operation);
}

/** That the instances still are as they were read, as conditions; with `start`, they run from the same transaction on. */
export function holderWrites(holders: readonly InstanceRow[], start: boolean): Write[] {
  return holders.map((holder) => {
    const key = { accountId: holder.accountId, id: holder.id };
    const runs = start && afterInstance('START', holder.status) === 'RUNNING';
    if (!runs) return check(instanceEntity, key, seenInstance(holder));
    return patch(instanceEntity, key, { set: { status: 'RUNNING' }, when: seenInstance(holder) });
  });
}
