import type { CreateInstanceInput } from '../../generated/schema.ts';
import { put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Caller } from '../calls/caller.ts';
import { requireCount } from '../calls/numbers.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { chooseRegion } from '../calls/regions.ts';
import { parseTags } from '../calls/tags.ts';
import { parseName } from '../calls/text.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { findInstance } from '../model/instances/find.ts';
import {
  type InstanceRow,
  type InstanceWorkRow,
  instanceEntity,
  instanceWorkEntity,
  workShard,
} from '../model/instances/rows.ts';
import { MAX_NEW_DATA_DISKS } from '../model/instances/rules.ts';
import type { Service } from '../service.ts';
import { decideNewDisk } from './new-disks.ts';
import { CREATE_INSTANCE, finishWork } from './work.ts';

/**
 * Rule 2.2. Everything is decided before anything is written. Then the instance is PENDING, with
 * the row that says what is left to do; each disk is a transaction of its own, and the last one
 * ends PENDING. A call that is cut off in between is finished by its repetition or by the janitor.
 */
export async function createInstance(
  service: Service,
  caller: Caller,
  input: CreateInstanceInput,
): Promise<InstanceRow> {
  const { clientToken: token, ...rest } = input;
  const parsed = {
    ...rest,
    name: input.name == null ? undefined : parseName('name', input.name),
    tags: parseTags('tags', input.tags),
  };
  requireCount('dataDisks', input.dataDisks, { min: 0, max: MAX_NEW_DATA_DISKS });
  const call = {
    accountId: caller.accountId,
    operation: CREATE_INSTANCE,
    token,
    input: { ...parsed, region: chooseRegion(service.regions, caller, input.region) },
  };
  const { recorded } = await once(service, call, (record) => attempt(service, caller, { ...parsed, token }, record));
  const { instanceId = '' } = recorded;
  await finishWork(service, instanceId);
  return findInstance(service.catalogue, caller, instanceId);
}

type ParsedInstance = Omit<CreateInstanceInput, 'clientToken' | 'name'> &
  Pick<InstanceRow, 'tags'> & { readonly name: string | undefined; readonly token: string | null | undefined };

async function attempt(service: Service, caller: Caller, input: ParsedInstance, record: RecordCall) {
  const { instance, work } = await decideInstance(service, caller, input);
  const recorded = { instanceId: instance.id };
  const writes = [...record(recorded), put(instanceEntity, instance), put(instanceWorkEntity, work)];
  const result = await service.catalogue.transact(writes);
  if (!result.ok) return { ok: false as const, refused: result.failed };
  return { ok: true as const, value: { recorded, value: instance } };
}

async function decideInstance(
  service: Service,
  caller: Caller,
  input: ParsedInstance,
): Promise<{ instance: InstanceRow; work: InstanceWorkRow }> {
  const region = chooseRegion(service.regions, caller, input.region);
  const instanceId = service.ids.next('i');
  const place = { region, instanceId };
  const system = await decideNewDisk(service, caller, input.systemDisk, {
    ...place,
    field: 'systemDisk',
    kind: 'SYSTEM',
  });
  const data: DiskRow[] = [];
  for (const [at, disk] of input.dataDisks.entries()) {
    data.push(await decideNewDisk(service, caller, disk, { ...place, field: `dataDisks.${at}`, kind: 'DATA' }));
  }
  const { accountId } = caller;
  const createdAt = isoTime(service.clock.now());
  const instance: InstanceRow = {
    accountId,
    id: instanceId,
    region,
    name: input.name ?? instanceId,
    status: 'PENDING',
    systemDiskId: system.id,
    dataDiskIds: data.map(({ id }) => id),
    revision: 0,
    deletionProtection: input.deletionProtection,
    tags: input.tags,
    createdAt,
  };
  const disks = [system, ...data];
  const shard = workShard(instanceId);
  return {
    instance,
    work: {
      shard,
      instanceId,
      accountId,
      kind: 'CREATE',
      disks,
      start: input.start,
      createdAt,
      ...(input.token == null ? {} : { token: input.token }),
    },
  };
}
