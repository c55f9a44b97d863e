import { type Catalogue, check, patch, type Read, read, type Write } from '../../../platform/catalogue/port.ts';
import { invalid } from '../../../platform/errors.ts';
import type { ChainRow } from '../chains/rows.ts';
import type { DiskRow } from '../disks/rows.ts';
import { attachedTo } from '../disks/rules.ts';
import { chainsOf } from './find.ts';
import { type InstanceRow, instanceEntity, seenInstance } from './rows.ts';
import { isHost, MAX_DATA_DISKS, requireInstance } from './rules.ts';
import { afterInstance, type InstanceOperation } from './states.ts';

/** The instances that a disk is attached to. */
export async function holdersOf(catalogue: Catalogue, disk: DiskRow): Promise<InstanceRow[]> {
  const reads = readsOfHolders(disk);
  if (reads.length === 0) return [];
  const rows = await catalogue.getMany(
    instanceEntity,
    reads.map(({ key }) => key),
  );
  return rows.filter((row) => row !== undefined);
}

/** The rows that `holdersOf` reads, for those who read them ahead. */
export function readsOfHolders(disk: DiskRow): Read<typeof instanceEntity>[] {
  return attachedTo(disk).map((id) => read(instanceEntity, { accountId: disk.accountId, id }));
}

/** A host goes with its lease, which is asked for by itself. */
export function besidesHosts(holders: readonly InstanceRow[]): InstanceRow[] {
  return holders.filter((holder) => !isHost(holder));
}

export function requireHolders(holders: readonly InstanceRow[], operation: InstanceOperation): void {
  for (const holder of holders) requireInstance(holder, operation);
}

/**
 * The chains that may have no snapshot in progress when a disk is changed: its own, which is the
 * first, and with `start` those of all disks of the instances that are started (2.3).
 */
export async function chainsToBeQuiet(
  catalogue: Catalogue,
  own: ChainRow | undefined,
  { holders, start }: { readonly holders: readonly InstanceRow[]; readonly start: boolean },
): Promise<ChainRow[]> {
  const chains = start ? await chainsOf(catalogue, holders.filter(canStart)) : [];
  const others = chains.filter(({ id }) => id !== own?.id);
  return own === undefined ? others : [own, ...others];
}

/**
 * One transaction checks as many chains as one instance has disks. A SHARED disk's instances may
 * have more together.
 */
export function requireCheckable(chains: readonly ChainRow[]): void {
  const max = MAX_DATA_DISKS + 1;
  if (chains.length <= max) return;
  throw invalid('startInstance', `the instances have more than ${max} disks together: start them by startInstance`);
}

/** Whether starting it makes it RUNNING. */
function canStart({ status }: InstanceRow): boolean {
  return afterInstance('START', status) === 'RUNNING';
}

/**
 * That the instances still are as they were read, as conditions; with `start`, they run from the
 * same transaction on.
 */
export function holderWrites(holders: readonly InstanceRow[], start: boolean): Write[] {
  return holders.map((holder) => {
    const key = { accountId: holder.accountId, id: holder.id };
    if (!start || !canStart(holder)) return check(instanceEntity, key, seenInstance(holder));
    return patch(instanceEntity, key, { set: { status: 'RUNNING' }, when: seenInstance(holder) });
  });
}
