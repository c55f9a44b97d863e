import type { DiskKind, InstanceDiskInput } from '../../generated/schema.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { decideDisk, parseNewDisk } from '../disks/create.ts';
import { findOrigin, type Origin } from '../disks/origin.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import type { Service } from '../service.ts';

/**
 * Which instance a new disk is for, and where its input stands, so that a refusal names the field.
 */
export interface NewDiskPlace {
  readonly field: string;
  readonly kind: DiskKind;
  readonly region: string;
  readonly instanceId: string;
}

/** A disk as it will be with its instance: decided, nothing is written. */
export async function decideNewDisk(
  service: Service,
  caller: Caller,
  input: InstanceDiskInput,
  { field, kind, region, instanceId }: NewDiskPlace,
): Promise<DiskRow> {
  return prefixField(field, async () => {
    if (kind === 'SYSTEM' && input.category === 'SHARED') throw invalid('category', 'a system disk is of one instance');
    const wanted = { ...input, region, kind, tags: [], chargeType: 'POSTPAID', expiresAt: null } as const;
    const origin = await findOrigin(service, caller, wanted);
    const parsed = { ...wanted, ...parseNewDisk(wanted) };
    const disk = await decideDisk(service, caller, parsed, origin);
    if (origin !== undefined && disk.copyFromId !== undefined) throw takesCopy(kind, copyCause(caller, input, origin));
    return { ...disk, status: 'IN_USE', instanceIds: [instanceId], attachments: 1 };
  });
}

/** The field because of which a disk is a copy, which the client has to make. */
function copyCause(caller: Caller, { encryptionKeyId }: InstanceDiskInput, origin: Origin): keyof InstanceDiskInput {
  if (origin.accountId !== caller.accountId) return 'imageId';
  return encryptionKeyId == null ? 'encrypted' : 'encryptionKeyId';
}

function takesCopy(kind: DiskKind, field: keyof InstanceDiskInput): VarveError {
  const instead =
    kind === 'DATA'
      ? 'make the disk with createDisk and attach it'
      : 'make a disk with createDisk, take a snapshot of it when it is copied, and make the system disk from that';
  return invalid(field, `takes a copy: ${instead}`);
}

async function prefixField<T>(field: string, decide: () => Promise<T>): Promise<T> {
  try {
    return await decide();
  } catch (error) {
    if (!(error instanceof VarveError) || typeof error.extra.field !== 'string') throw error;
    const inner = `${field}.${error.extra.field}`;
    throw new VarveError(error.code, `${field}: ${error.message}`, { ...error.extra, field: inner }, error);
  }
}
