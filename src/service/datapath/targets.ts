import { type NodeRow, nodeEntity } from '../../engine/books/rows.ts';
import { read } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { notFound } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { idPrefix, requireId, requireOwned } from '../calls/owned.ts';
import { findOpenDraft } from '../model/datapath/find-draft.ts';
import type { DraftRow } from '../model/datapath/rows.ts';
import { findDisk } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { requireStatus } from '../model/disks/rules.ts';
import { findImage } from '../model/images/find.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import { requireReady } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';

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

/**
 * A disk that is being copied (3.7) is written while it is CREATING; one that is EXPIRED (3.6) not
 * any more.
 */
export async function findTarget(service: Service, caller: Caller, id: string): Promise<Target> {
  const draft = await draftOf(service, caller, id);
  return writable(service, await findDisk(service.catalogue, caller, draft?.diskId ?? id), draft);
}

/** The same, and the head that has the contents, in one request. */
export async function findTargetAndHead(
  service: Service,
  caller: Caller,
  id: string,
): Promise<Target & { readonly head: NodeRow | undefined }> {
  const draft = await draftOf(service, caller, id);
  const { disk, head } = await findDiskAndHead(service, caller, id, draft);
  return { ...writable(service, disk, draft), head };
}

async function findDiskAndHead({ catalogue }: Service, caller: Caller, id: string, draft: DraftRow | undefined) {
  const diskId = requireId('d', 'Disk', draft?.diskId ?? id);
  const { accountId } = caller;
  const [disk, head] = await catalogue.getEach(
    read(diskEntity, { accountId, id: diskId }),
    read(nodeEntity, { accountId, id }),
  );
  return { disk: requireOwned(caller, 'Disk', diskId, disk), head };
}

async function draftOf(service: Service, caller: Caller, id: string): Promise<DraftRow | undefined> {
  return idPrefix(id) === 'dr' ? findOpenDraft(service, caller, id) : undefined;
}

function writable(service: Service, disk: DiskRow, draft: DraftRow | undefined): Target {
  requireStatus(disk, isoTime(service.clock.now()), disk.copyFromId === undefined ? 'COMMIT' : 'COPY');
  return draft === undefined ? { disk } : { disk, draft };
}

export async function findSource(service: Service, caller: Caller, id: string): Promise<Source> {
  const { sizeBytes, diskId, accountId, ...found } = await findReadable(service, caller, id);
  // Made between the two readings of one request, it was seen by one of them only.
  const node = found.node ?? (await service.tree.get(accountId, id));
  if (node === undefined) throw notFound('Contents', id);
  return { id, node, sizeBytes, diskId };
}

async function findReadable(
  service: Service,
  caller: Caller,
  id: string,
): Promise<{ sizeBytes: number; diskId: string; accountId: string; node?: NodeRow | undefined }> {
  const { accountId } = caller;
  if (idPrefix(id) === 's') {
    const [row, node] = await service.catalogue.getEach(
      read(snapshotEntity, { accountId, id }),
      read(nodeEntity, { accountId, id }),
    );
    const snapshot = requireOwned(caller, 'Snapshot', id, row);
    requireReady(snapshot);
    return { ...snapshot, node };
  }
  if (idPrefix(id) === 'm') {
    const { sizeBytes, accountId: owner } = await findImage(service.catalogue, caller, id);
    return { sizeBytes, diskId: id, accountId: owner };
  }
  const { disk, head } = await findDiskAndHead(service, caller, id, await draftOf(service, caller, id));
  return { sizeBytes: disk.sizeBytes, diskId: disk.id, accountId, node: head };
}
