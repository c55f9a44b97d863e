import { statfs } from 'node:fs/promises';
import { ClientError } from '../../client/errors.ts';
import type { Disk } from '../../client/service/disks.ts';
import type { LeasedDisk, WriterLease } from '../../client/service/leases.ts';
import { BlockUploader } from '../../client/upload/block-uploader.ts';
import { Ends } from '../../platform/ends.ts';
import { type LeftJournal, leftJournals } from '../journal/folder.ts';
import { journalBytesFor } from '../limits.ts';
import { LayerCommitter } from '../write-back/committer.ts';
import { DirtyData } from '../write-back/dirty-data.ts';
import { openJournal } from './open-journal.ts';
import { openReading, type Reading } from './open-reading.ts';
import type { Opening } from './opening.ts';
import { requireTaken } from './require-taken.ts';
import { Writer } from './writer.ts';

export interface Writing extends Reading {
  readonly sizeBytes: number;
  readonly dirty: DirtyData;
  readonly writer: Writer;
  readonly lease: WriterLease;
  readonly uploader: BlockUploader;
}

/**
 * Takes the disk's lease, and goes on with what an earlier attachment on this machine left.
 * `shown` is the disk as the service showed it before. The lease must not contradict it.
 */
export async function openWriting(opening: Opening, shown: Disk): Promise<Writing> {
  const { id, services, stateFolder } = opening;
  const { lease, disk } = await acquire(opening, await leftJournals(stateFolder, id));
  try {
    requireTaken(opening, shown, disk);
    // Another process of this machine may have been faster, and writes one of them now: look again.
    return await openHeld(opening, await leftJournals(stateFolder, id), lease, disk);
  } catch (error) {
    await Promise.allSettled([services.leases.release(id, lease.fence)]);
    throw error;
  }
}

/**
 * Takes the lease, at once if it stands for an attachment of this machine whose process is dead.
 */
async function acquire(
  opening: Opening,
  left: readonly LeftJournal[],
): Promise<{ lease: WriterLease; disk: LeasedDisk }> {
  const { id: diskId, holder, steal, services } = opening;
  const ask = (force: boolean) =>
    services.leases.acquire({ diskId, holder, steal: force, clientToken: services.clientToken() });
  try {
    return await ask(steal);
  } catch (error) {
    const locked = error instanceof ClientError && error.code === 'DiskLocked' ? error.extra.fence : undefined;
    if (locked === undefined || !left.some(({ fence }) => fence === locked)) throw error;
    return ask(true);
  }
}

async function openHeld(
  opening: Opening,
  left: readonly LeftJournal[],
  lease: WriterLease,
  disk: LeasedDisk,
): Promise<Writing> {
  await using undo = new Ends();
  const { services, signal, durability, onEvent, clock, log } = opening;
  const { id: diskId, version, root, sizeBytes } = disk;
  const { folder, layers, lastSequence } = await openJournal(opening, left, lease, disk);
  undo.defer(() => folder.close());
  const { bavail, bsize } = await statfs(folder.path);
  const journalBytes = opening.journalBytes ?? journalBytesFor(bavail * bsize);
  const limits = { ...opening.limits, journalBytes };
  const reading = openReading(opening, { source: diskId, diskId, version, root, sizeBytes }, () => dirty);
  const { contents, memory, pool } = reading;
  const dirty = new DirtyData({
    folder,
    limits,
    sizeBytes,
    signal,
    layers,
    lastSequence,
    isLocal: durability === 'local',
    version: () => contents.version,
  });
  const { datapath, transfer, leases, clientToken } = services;
  const uploader = new BlockUploader({
    datapath,
    transfer,
    pool,
    memory,
    storedForms: memory,
    target: diskId,
    signal,
  });
  const committer = new LayerCommitter({
    ...reading,
    ...limits,
    datapath,
    uploader,
    diskId,
    sizeBytes,
    signal,
    note: folder.note,
    fence: lease.fence,
    clientToken,
    isPromised: (layer) => dirty.isPromised(layer),
    onMoved: () => writer.moved(),
  });
  const commit = (layer: DirtyData['layers'][number]) => committer.commit(layer);
  const writer = new Writer({
    diskId,
    durability,
    dirty,
    folder,
    versions: opening.versions,
    commit,
    leases,
    lease,
    limits,
    onEvent,
    clock,
    log,
    signal,
  });
  undo.forget();
  const end = async () => {
    await reading.end();
    await folder.close(); // nothing reads any more
  };
  return { ...reading, end, sizeBytes, dirty, writer, lease, uploader };
}
