import type { Client } from '../../client/client.ts';
import type { Disk } from '../../client/service/disks.ts';
import type { Instance } from '../../client/service/instances.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { backFromTrash, called, diskOf, diskText, MOST_QUERIES, snapshotsOf } from './facts.ts';
import type { Plan } from './plan.ts';

/** Rule 2.2: its system disk goes, and those data disks that are marked for it. */
export async function releasePlan(client: Client, instance: Instance): Promise<Plan> {
  const { systemDisk, dataDisks } = instance;
  const ids = [...(systemDisk === null ? [] : [systemDisk.id]), ...dataDisks.map(({ id }) => id)];
  const disks = await mapBounded(ids, MOST_QUERIES, (id) => diskOf(client, id));
  const isGoing = (disk: Disk) => disk.id === systemDisk?.id || disk.deleteWithInstance;
  const going = disks.filter(isGoing);
  const kept = disks.filter((disk) => !isGoing(disk));
  const snapshots = await mapBounded(going, MOST_QUERIES, (disk) => snapshotsOf(client, disk));
  const of = (disk: Disk | undefined, texts: readonly string[] = []) => texts.map((text) => `${text} of ${disk?.name}`);
  return {
    doing: `release instance ${called(instance)}`,
    goes: [
      'the instance, which cannot be brought back',
      ...going.flatMap((disk, at) => [diskText(disk), ...of(disk, snapshots[at]?.goes)]),
    ],
    stays: [
      ...kept.map((disk) => `disk ${called(disk)}, attached to nothing`),
      ...going.flatMap((disk, at) => of(disk, snapshots[at]?.stays)),
    ],
    back: await backFromTrash(client, going.map(({ id }) => id).join(' ')),
    refusals: [...(instance.deletionProtection ? [protectedText(instance)] : []), ...stateText(instance)],
  };
}

/** Rule 2.4: the old system disk is released. */
export async function replacePlan(client: Client, instance: Instance): Promise<Plan> {
  const old = instance.systemDisk === null ? undefined : await diskOf(client, instance.systemDisk.id);
  const snapshots = old === undefined ? undefined : await snapshotsOf(client, old);
  return {
    doing: `give instance ${called(instance)} a new system disk`,
    goes: old === undefined ? [] : [`the old ${diskText(old)}`, ...(snapshots?.goes ?? [])],
    stays: ['the instance and its data disks', ...(snapshots?.stays ?? [])],
    back: old === undefined ? '' : await backFromTrash(client, old.id),
    refusals: stateText(instance),
  };
}

function protectedText({ id }: Instance): string {
  return `It is protected: varve instance update ${id} --unprotect`;
}

function stateText({ id, status }: Instance): string[] {
  return status === 'STOPPED' ? [] : [`It is ${status}, not STOPPED: varve instance stop ${id}`];
}
