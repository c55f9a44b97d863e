import { equal, patch, put, remove, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import { attachmentWrite, withInstances } from '../model/disks/attachments.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { attachedTo } from '../model/disks/rules.ts';
import { type InstanceRow, instanceEntity, seenInstance } from '../model/instances/rows.ts';
import { isHost } from '../model/instances/rules.ts';
import { hostEntity } from '../model/leases/rows.ts';
import type { Service } from '../service.ts';

/** Disks that one host holds in a region: all in one row. */
const MAX_HOST_DISKS = 256;

/** Where a disk is written to under its lease, and what brings it there. */
export interface Place {
  readonly instanceId: string;
  readonly disk: DiskRow;
  readonly writes: readonly Write[];
}

/**
 * Attaches the disk to the host's instance, which is made where there is none, in place of another
 * host that it may be attached to.
 */
export async function attachToHost(
  service: Service,
  disk: DiskRow,
  holder: string,
  from: InstanceRow | undefined,
): Promise<Place> {
  const { accountId, region } = disk;
  const known = await service.catalogue.get(hostEntity, { accountId, region, holder });
  const host = known && (await service.catalogue.get(instanceEntity, { accountId, id: known.instanceId }));
  const instanceId = host?.id ?? service.ids.next('i');
  const others = attachedTo(disk).filter((id) => id !== from?.id);
  const after = withInstances(disk, [...others, instanceId]);
  return {
    instanceId,
    disk: after,
    writes: [
      attachmentWrite(disk, after),
      ...(host === undefined ? newHost(service, disk, holder, instanceId) : [join(host, disk)]),
      ...(from === undefined ? [] : leave(from, disk)),
    ],
  };
}

/** Takes the disk away from a host; one without disks goes. */
export function detachFromHost(disk: DiskRow, host: InstanceRow): Writes {
  const after = withInstances(
    disk,
    attachedTo(disk).filter((id) => id !== host.id),
  );
  return { disk: after, writes: [attachmentWrite(disk, after), ...leave(host, disk)] };
}
type Writes = Omit<Place, 'instanceId'>;

/**
 * Of the instances that a disk is attached to: the one that stands for a host. There is never more
 * than one.
 */
export function hostAmong(holders: readonly InstanceRow[]): InstanceRow | undefined {
  return holders.find(isHost);
}

function newHost(service: Service, disk: DiskRow, holder: string, instanceId: string): Write[] {
  const { accountId, region } = disk;
  const instance: InstanceRow = {
    accountId,
    id: instanceId,
    region,
    kind: 'HOST',
    name: holder,
    status: 'RUNNING',
    dataDiskIds: [disk.id],
    revision: 0,
    deletionProtection: false,
    tags: [],
    createdAt: isoTime(service.clock.now()),
  };
  return [put(instanceEntity, instance), put(hostEntity, { accountId, region, holder, instanceId })];
}

function join(host: InstanceRow, disk: DiskRow): Write {
  if (host.dataDiskIds.length >= MAX_HOST_DISKS) {
    throw invalid('holder', `holds at most ${MAX_HOST_DISKS} disks of a region`);
  }
  return disksWrite(host, [...host.dataDiskIds, disk.id]);
}

function leave(host: InstanceRow, disk: DiskRow): Write[] {
  const { accountId, region, id, name: holder } = host;
  const left = host.dataDiskIds.filter((other) => other !== disk.id);
  if (left.length > 0) return [disksWrite(host, left)];
  return [
    remove(instanceEntity, { accountId, id }, seenInstance(host)),
    remove(hostEntity, { accountId, region, holder }, [equal('instanceId', id)]),
  ];
}

function disksWrite(host: InstanceRow, dataDiskIds: readonly string[]): Write {
  const key = { accountId: host.accountId, id: host.id };
  return patch(instanceEntity, key, { set: { dataDiskIds }, add: { revision: 1 }, when: seenInstance(host) });
}
