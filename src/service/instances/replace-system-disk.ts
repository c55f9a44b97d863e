import type { InstanceDiskInput, ReplaceSystemDiskInput } from '../../generated/schema.ts';
import { check, patch, put } from '../../platform/catalogue/port.ts';
import type { Caller } from '../calls/caller.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { noneInProgress } from '../chains/counts.ts';
import { writeDisk } from '../disks/create.ts';
import { findOrigin } from '../disks/origin.ts';
import { findDisk } from '../model/disks/find.ts';
import { diskEntity } from '../model/disks/rows.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { findInstance } from '../model/instances/find.ts';
import {
  type InstanceRow,
  instanceEntity,
  instanceWorkEntity,
  seenInstance,
  workShard,
} from '../model/instances/rows.ts';
import { requireInstance, requireMachine } from '../model/instances/rules.ts';
import type { Service } from '../service.ts';
import { requireDisksUnheld, requireQuiet } from './change.ts';
import { decideNewDisk } from './new-disks.ts';
import { finishWork } from './work.ts';

export interface Replaced {
  readonly instance: InstanceRow;
  readonly releasedDiskId: string;
}

/**
 * Rule 2.4. One transaction puts the new disk in the old one's place, with the row of work that
 * says that the old one is to be released (3.8). A call that was cut off in between is finished by
 * its repetition or by the janitor.
 */
export async function replaceSystemDisk(
  service: Service,
  caller: Caller,
  { instanceId, systemDisk, clientToken: token }: ReplaceSystemDiskInput,
): Promise<Replaced> {
  const call = {
    accountId: caller.accountId,
    operation: 'replaceSystemDisk',
    token,
    input: { instanceId, systemDisk },
  };
  const { recorded } = await once(service, call, (record) => attempt(service, caller, instanceId, systemDisk, record));
  const { releasedDiskId = '' } = recorded;
  await finishWork(service, instanceId);
  return { instance: await findInstance(service.catalogue, caller, instanceId), releasedDiskId };
}

async function attempt(
  service: Service,
  caller: Caller,
  instanceId: string,
  input: InstanceDiskInput,
  record: RecordCall,
) {
  await findInstance(service.catalogue, caller, instanceId);
  await finishWork(service, instanceId);
  const instance = requireMachine(await findInstance(service.catalogue, caller, instanceId));
  requireInstance(instance, 'REPLACE_SYSTEM_DISK');
  const chains = await requireQuiet(service, instance);
  await requireDisksUnheld(service, instance, [instance.systemDiskId]);
  const old = await findDisk(service.catalogue, caller, instance.systemDiskId);
  const { region, accountId } = instance;
  const place = { field: 'systemDisk', kind: 'SYSTEM', region, instanceId } as const;
  const disk = await decideNewDisk(service, caller, input, place);
  const origin = await findOrigin(service, caller, input);
  const recorded = { releasedDiskId: old.id, systemDiskId: disk.id };
  const work = { shard: workShard(instanceId), instanceId, accountId, kind: 'RELEASE', systemDiskId: old.id } as const;
  const change = { set: { systemDiskId: disk.id }, add: { revision: 1 }, when: seenInstance(instance) };
  const also = [
    ...record(recorded),
    patch(instanceEntity, { accountId, id: instanceId }, change),
    check(diskEntity, { accountId, id: old.id }, seenDisk(old)),
    put(instanceWorkEntity, { ...work, diskIds: [old.id], createdAt: disk.createdAt }),
    ...chains.map(noneInProgress),
  ];
  const result = await writeDisk(service, disk, origin, also, { replaces: true });
  return result.ok ? { ok: true as const, value: { recorded, value: undefined } } : result;
}
