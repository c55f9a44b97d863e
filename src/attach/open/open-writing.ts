import { statfs } from 'node:fs/promises';
import { ClientError } from '../../client/errors.ts';
import type { LeasedDisk, WriterLease } from '../../client/service/leases.ts';
import { BlockUploader } from '../../client/upload/block-uploader.ts';
import { isoTime } from '../../platform/clock.ts';
import { JournalFolder, type LeftJournal, leftJournals, setAside } from '../journal/folder.ts';
import { journalBytesFor } from '../limits.ts';
import { LayerCommitter } from '../write-back/committer.ts';
import { DirtyData } from '../write-back/dirty-data.ts';
import { openReading, type Reading } from './open-reading.ts';
import type { Opening } from './opening.ts';
import { type Recovered, recoverJournal } from './recovery.ts';
import { Writer } from './writer.ts';

export interface Writing extends Reading {
  readonly sizeBytes: number;
  readonly dirty: DirtyData;
  readonly writer: Writer;
  readonly lease: WriterLease;
  readonly uploader: BlockUploader;
}

/** Takes the disk's lease, and goes on with what an earlier attachment on this machine left. */
export async function openWriting(opening: Opening): Promise<Writing> {
  const { id, services, stateFolder } = opening;
  const { lease, disk } = await acquire(opening, await leftJournals(stateFolder, id));
  try {
    // Looked for again: another process of this machine may have been faster, and writes one of them now.
    return await openHeld(opening, await leftJournals(stateFolder, id), lease, disk);
  } catch (error) {
    await Promise.allSettled([services.leases.release(id, lease.fence)]);
    throw error;
  }
}

/** A lease that still stands for an attachment of this machine whose process is dead is taken over at once. */
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
  { id: diskId, version, sizeBytes }: LeasedDisk,
): Promise<Writing> {
  const { keys, services, stateFolder, signal, durability, onEvent, clock, log } = opening;
  const journal = { diskId, sizeBytes, fence: lease.fence, keys };
  const found = await recoverOne(opening, left, { version, sizeBytes, fence: lease.fence });
  const folder = found
    ? await JournalFolder.take(found.path, journal)
    : await JournalFolder.create(stateFolder, journal);
  const { bavail, bsize } = await statfs(folder.path);
  const journalBytes = opening.journalBytes ?? journalBytesFor(bavail * bsize);
  const limits = { ...opening.limits, journalBytes };
  const layers = found?.layers ?? [];
  const reading = openReading(opening, { source: diskId, diskId, version }, () => dirty);
  const { contents, memory, pool } = reading;
  const dirty = new DirtyData({
    folder,
    limits,
    sizeBytes,
    signal,
    layers,
    lastSequence: found?.lastSequence ?? 0,
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
    commit,
    leases,
    lease,
    limits,
    onEvent,
    clock,
    log,
    signal,
  });
  return { ...reading, sizeBytes, dirty, writer, lease, uploader };
}

type Replayable = Extract<Recovered, { kind: 'REPLAY' }>;

/** The journal to go on with. Those that do not fit the disk are set aside, those without anything in them removed. */
async function recoverOne(
  opening: Opening,
  left: readonly LeftJournal[],
  disk: { readonly version: number; readonly sizeBytes: number; readonly fence: number },
): Promise<(Replayable & { readonly path: string }) | undefined> {
  const { id: diskId, keys, services, clock, onEvent } = opening;
  let found: (Replayable & { readonly path: string }) | undefined;
  for (const journal of left) {
    const parts = { diskId, keys, datapath: services.datapath, ...disk };
    const recovered = await recoverJournal(parts, journal);
    if (recovered.kind === 'REPLAY' && recovered.layers.length === 0) {
      await new JournalFolder(journal.path, { diskId, keys, fence: 0, sizeBytes: 0 }).remove();
      continue;
    }
    if (recovered.kind === 'REPLAY' && found === undefined) {
      found = { ...recovered, path: journal.path };
      onEvent({ kind: 'REPLAYED', diskId, bytes: recovered.bytes });
      continue;
    }
    const reason = recovered.kind === 'REPLAY' ? 'another journal of the disk fits as well' : recovered.reason;
    if (recovered.kind === 'REPLAY') for (const { segment } of recovered.layers) segment.leave();
    const path = await setAside(journal.path, reason, isoTime(clock.now()));
    onEvent({ kind: 'JOURNAL_SET_ASIDE', diskId, path, reason });
  }
  return found;
}
