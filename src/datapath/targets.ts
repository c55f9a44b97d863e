import type { Caller } from '../calls/caller.ts';
import { idPrefix } from '../calls/owned.ts';
import { findDisk } from '../disks/find.ts';
import type { DiskRow } from '../disks/rows.ts';
import { requireStatus } from '../disks/rules.ts';
import type { NodeRow } from '../engine/rows.ts';
import { findImage } from '../images/find.ts';
import { isoTime } from '../platform/clock.ts';
import { notFound } from '../platform/errors.ts';
import type { Service } from '../regions/service.ts';
import { findSnapshot } from '../snapshots/find.ts';
import { requireReady } from '../snapshots/rules.ts';
import { findOpenDraft } from './find-draft.ts';
import type { DraftRow } from './rows.ts';

/** Where a change goes: a disk itself, or a draft of it. */
export interface Target {
  readonly disk: DiskRow;
  readonly draft?: DraftRow;
}

/** Contents to be read: a disk, a snapshot, an image or a draft. */
export interface Source {
  readonly id: string;
  readonly node: NodeRow;
  readonly sizeBytes: number;
  readonly diskId: string;
}

/** A disk that is being copied (3.7) is written while it is CREATING; one that is EXPIRED (3.6) not any more. */
export async function findTarget(service: Service, caller: Caller, id: string): Promise<Target> {
  const draft = idPrefix(id) === 'dr' ? await findOpenDraft(service, caller, id) : undefined;
  const disk = await findDisk(service.catalogue, caller, draft?.diskId ?? id);
  requireStatus(disk, isoTime(service.clock.now()), disk.copyFromId === undefined ? 'COMMIT' : 'COPY');
  return draft === undefined ? { disk } : { disk, draft };
}

export async function findSource(service: Service, caller: Caller, id: string): Promise<Source> {
  const { sizeBytes, diskId, accountId } = await findReadable(service, caller, id);
  const node = await service.tree.get(accountId, id);
  if (node === undefined) throw notFound('Contents', id);
  return { id, node, sizeBytes, diskId };
}

async function findReadable(
  service: Service,
  caller: Caller,
  id: string,
): Promise<{ sizeBytes: number; diskId: string; accountId: string }> {
  if (idPrefix(id) === 's') {
    const snapshot = await findSnapshot(service.catalogue, caller, id);
    requireReady(snapshot);
    return snapshot;
  }
  if (idPrefix(id) === 'm') {
    const { sizeBytes, accountId } = await findImage(service.catalogue, caller, id);
    return { sizeBytes, accountId, diskId: id };
  }
  const diskId = idPrefix(id) === 'dr' ? (await findOpenDraft(service, caller, id)).diskId : id;
  const { sizeBytes, accountId } = await findDisk(service.catalogue, caller, diskId);
  return { sizeBytes, diskId, accountId };
}
