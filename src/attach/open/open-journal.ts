import type { LeasedDisk, WriterLease } from '../../client/service/leases.ts';
import { isoTime } from '../../platform/clock.ts';
import { JournalFolder, type LeftJournal, setAside } from '../journal/folder.ts';
import { type KnownVersion, readVersionNote } from '../journal/version-note.ts';
import type { Layer } from '../write-back/dirty-data.ts';
import { strangeDisk, strangenessOf } from './known-version.ts';
import type { Opening } from './opening.ts';
import { isAlone, type Recovered, recoverJournal } from './recovery.ts';
import type { TakenDisk } from './require-taken.ts';

/** The journal that an attachment writes, and what an earlier one has left in it. */
export interface OpenJournal {
  readonly folder: JournalFolder;
  /** The oldest first, all closed. */
  readonly layers: readonly Layer[];
  readonly lastSequence: number;
}

/** Goes on with one of the journals that were `left`, or begins a new one. */
export async function openJournal(
  opening: Opening,
  left: readonly LeftJournal[],
  { fence }: WriterLease,
  { id: diskId, version, root, sizeBytes }: LeasedDisk,
): Promise<OpenJournal> {
  const { keys, stateFolder } = opening;
  const journal = { diskId, sizeBytes, fence, keys };
  await requireNotOlder(opening, { version, root });
  const found = await recoverOne(opening, left, { version, root, sizeBytes, fence });
  const { layers, lastSequence } = found ?? { layers: [], lastSequence: 0 };
  const segments = layers.map(({ segment }) => segment);
  const folder =
    found === undefined
      ? await JournalFolder.create(stateFolder, journal)
      : await JournalFolder.take(found.path, journal, segments);
  folder.note.write({ made: { version, root } });
  return { folder, layers, lastSequence };
}

/** Unless somebody vouches for the contents. */
async function requireNotOlder({ id: diskId, versions, expected }: Opening, disk: KnownVersion): Promise<void> {
  const made = await versions.read(diskId);
  const strange = made && strangenessOf({ made }, { ...disk, isAlone: false });
  if (strange !== undefined && expected === undefined)
    throw strangeDisk(diskId, { note: versions.pathOf(diskId) }, strange);
}

interface HeldDisk extends TakenDisk {
  readonly fence: number;
}

type Replayable = Extract<Recovered, { kind: 'REPLAY' }>;

/**
 * The journal to go on with. Journals that do not fit the disk are set aside, empty ones are
 * removed.
 */
async function recoverOne(
  opening: Opening,
  left: readonly LeftJournal[],
  disk: HeldDisk,
): Promise<(Replayable & { readonly path: string }) | undefined> {
  const { id: diskId, keys, services, clock, onEvent } = opening;
  let found: (Replayable & { readonly path: string }) | undefined;
  try {
    for (const journal of left) {
      const known = await readVersionNote(journal.path);
      const strange = known && strangenessOf(known, { ...disk, isAlone: isAlone(journal, disk) });
      if (strange !== undefined && opening.expected === undefined)
        throw strangeDisk(diskId, { journal: journal.path }, strange);
      const parts = { diskId, keys, datapath: services.datapath, expected: known?.expected, ...disk };
      const recovered: Recovered =
        strange === undefined ? await recoverJournal(parts, journal) : { kind: 'SET_ASIDE', reason: strange };
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
      if (recovered.kind === 'REPLAY') leave(recovered);
      const path = await setAside(journal.path, reason, isoTime(clock.now()));
      onEvent({ kind: 'JOURNAL_SET_ASIDE', diskId, path, reason });
    }
  } catch (error) {
    if (found !== undefined) leave(found);
    throw error;
  }
  return found;
}

function leave({ layers }: Replayable): void {
  for (const { segment } of layers) segment.leave();
}
