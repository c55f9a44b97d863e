import type { CreateDiskInput, DiskKind } from '../../generated/schema.ts';
import { check, equal, patch, type Write } from '../../platform/catalogue/port.ts';
import { invalid } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { findImage } from '../model/images/find.ts';
import { imageEntity } from '../model/images/rows.ts';
import { listUse, SNAPSHOT_LISTS } from '../model/listed/snapshot-lists.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import { requireReady } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';

/**
 * What a disk is made from: a snapshot of the account's, or an image of its own or of an account
 * that shares it.
 */
export interface Origin {
  readonly of: 'SNAPSHOT' | 'IMAGE';
  readonly id: string;
  readonly accountId: string;
  readonly region: string;
  readonly sizeBytes: number;
  readonly diskKind: DiskKind;
  /** Where its contents lie. */
  readonly domainId: string;
  readonly keyId?: string;
  readonly unreadable?: string;
  /** Of an image: see `ImageRow.shares`. */
  readonly shares?: number;
}

type OriginInput = Pick<CreateDiskInput, 'snapshotId' | 'imageId'>;

export function hasOrigin({ snapshotId, imageId }: OriginInput): boolean {
  return snapshotId != null || imageId != null;
}

export async function findOrigin(
  service: Service,
  caller: Caller,
  { snapshotId, imageId }: OriginInput,
): Promise<Origin | undefined> {
  if (snapshotId != null && imageId != null) throw invalid('imageId', 'cannot be given together with snapshotId');
  if (imageId != null) return { of: 'IMAGE', ...(await findImage(service.catalogue, caller, imageId)) };
  if (snapshotId == null) return undefined;
  const snapshot = await findSnapshot(service.catalogue, caller, snapshotId);
  requireReady(snapshot);
  return { of: 'SNAPSHOT', ...snapshot };
}

/** How a new disk remembers its origin. */
export function originOf(origin: Origin | undefined, copies: boolean): Partial<DiskRow> {
  if (origin === undefined) return {};
  const { of, id, accountId } = origin;
  const named = of === 'IMAGE' ? { originImageId: id } : { originSnapshotId: id };
  return copies ? { ...named, copyFromId: id, copyFromAccountId: accountId } : named;
}

/** One disk more of a snapshot, and that the origin is still there, and shared as it was seen. */
export function originWrites(origin: Origin): Write[] {
  const key = { accountId: origin.accountId, id: origin.id };
  if (origin.of === 'IMAGE') {
    return [check(imageEntity, key, origin.shares === undefined ? 'present' : [equal('shares', origin.shares)])];
  }
  return [
    patch(snapshotEntity, key, { add: { diskCount: 1 }, when: [equal('status', 'ACCOMPLISHED')] }),
    ...listUse(origin, SNAPSHOT_LISTS.WITH_DISK),
  ];
}
