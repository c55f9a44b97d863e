import type { EngineDeps } from '../../src/engine/deps.ts';
import type { Tag } from '../../src/generated/schema.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { openSnapshotService } from '../../src/service/accounts/snapshot-service.ts';
import { CURRENT_TERMS } from '../../src/service/accounts/terms.ts';
import { setTrashRetention } from '../../src/service/accounts/trash-hours.ts';
import { cancelCopy } from '../../src/service/copies/cancel.ts';
import { copySnapshot } from '../../src/service/copies/create.ts';
import { runCopy } from '../../src/service/copies/run.ts';
import { commitDraft } from '../../src/service/datapath/commit-draft.ts';
import { openDraft } from '../../src/service/datapath/drafts.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { reinitializeDisk } from '../../src/service/disks/reinitialize.ts';
import { releaseDisk } from '../../src/service/disks/release.ts';
import { rollbackDisk } from '../../src/service/disks/rollback.ts';
import { deleteImage } from '../../src/service/images/change.ts';
import { createImage } from '../../src/service/images/create.ts';
import { releaseInstance } from '../../src/service/instances/change.ts';
import { createInstance } from '../../src/service/instances/create.ts';
import { sweepInstances } from '../../src/service/instances/work.ts';
import { TRASH_HOURS } from '../../src/service/model/accounts/trash-hours.ts';
import { isOpen } from '../../src/service/model/datapath/find-draft.ts';
import { runScrub } from '../../src/service/scrubs/run.ts';
import { startScrub } from '../../src/service/scrubs/start.ts';
import type { Service } from '../../src/service/service.ts';
import { createSnapshot } from '../../src/service/snapshots/create.ts';
import { deleteSnapshot, deleteSnapshots } from '../../src/service/snapshots/delete.ts';
import { pinSnapshot, unpinSnapshot } from '../../src/service/snapshots/pin.ts';
import { setSnapshotRetention } from '../../src/service/snapshots/retention.ts';
import { purgeTrashed } from '../../src/service/trash/purge.ts';
import { restoreTrashed } from '../../src/service/trash/restore.ts';
import { sweepTrash } from '../../src/service/trash/sweep.ts';
import { setRecoveryPointObjective } from '../../src/service/watch/set-objective.ts';
import { MEMORY_KEY, OTHER_MEMORY_REGION } from './memory-service.ts';
import { caller, newDisk, write } from './use-case-scene.ts';

export const FOREVER = Number.POSITIVE_INFINITY;
/** A key that no disk of the scene is encrypted with. */
export const OTHER_KEY = 'other';

/** One process of the service, and the ids of what the scene and it have made, by name. */
export interface ServiceProcess {
  readonly service: Service;
  readonly deps: EngineDeps;
  readonly id: (name: string) => string;
  /** Before a use case. */
  readonly passHours: (hours: number) => void;
}

export interface UseCase {
  readonly name: string;
  /** Before it, without faults. */
  readonly first?: (process: ServiceProcess) => Promise<unknown>;
  /** It has no token: a client that asks again gets it again, to the same end. */
  readonly repeats?: true;
  /** What a client does, and does once more if it hears of no success. */
  readonly run: (process: ServiceProcess) => Promise<unknown>;
}

/** What a client takes for success when it asks again, having heard of none. */
export const DONE: ReadonlySet<string> = new Set(['NotFound', 'DraftClosed']);

const UNDER_OTHER_KEY = { encrypted: true, encryptionKeyId: OTHER_KEY };
/**
 * Each number is a content; those below 8 the scene's disks have too. The place in the list is the
 * block.
 */
const OVERWRITTEN = [5, 4, 3, 2, 8];
const IMPORTED = [8, 9, 0];

const named = (name: string) => ({ name, description: null, tags: [], clientToken: name });

/** A system disk and a data disk; `start` makes it run at once. */
function newInstance(start: boolean, systemInput: Parameters<typeof newDisk>[1] = {}) {
  const { tags: _tags, clientToken: _token, region: _region, ...systemDisk } = newDisk('system', systemInput);
  const dataDisks = [{ ...systemDisk, name: 'data', encrypted: null, encryptionKeyId: null }];
  const options = { region: null, start, deletionProtection: false, tags: [] };
  return { ...options, name: 'machine', clientToken: 'machine', systemDisk, dataDisks };
}

/** A client that has been away for a day finds its draft gone, and begins another. */
async function importIntoDraft({ service, id }: ServiceProcess): Promise<void> {
  const [versionBefore, versionAfter] = [4, 5];
  for (const clientToken of ['import', 'again']) {
    const disk = await service.tree.get(caller.accountId, id('plain'));
    if (disk?.version === versionAfter) return;
    const input = { diskId: id('plain'), expectedVersion: versionBefore, forReading: false, label: null, clientToken };
    const draft = await openDraft(service, caller, input);
    if (!isOpen(draft, isoTime(service.clock.now()))) continue;
    await write(service, draft.id, IMPORTED);
    await commitDraft(service, caller, { draftId: draft.id });
  }
}

async function deleteTwoSnapshots({ service, id }: ServiceProcess): Promise<void> {
  const input = { snapshotIds: [id('first'), id('third')], force: true };
  const results = await deleteSnapshots(service, caller, input);
  const failed = results.find(({ error }) => error !== null && !DONE.has(error.code));
  if (failed !== undefined) throw new VarveError('Throttled', `one was not deleted: ${failed.error?.code}`);
}

const openOtherRegion = ({ service }: ServiceProcess) =>
  openSnapshotService(service, caller, OTHER_MEMORY_REGION, CURRENT_TERMS);

const beginCopy = ({ service, id }: ServiceProcess) => {
  const input = { snapshotId: id('second'), toRegion: OTHER_MEMORY_REGION, retentionDays: null };
  return copySnapshot(service, caller, { ...input, ...named('copy') });
};

/** The call, and the worker that it wakes. */
async function copyToOtherRegion(process: ServiceProcess): Promise<void> {
  await runCopy(process.service, await beginCopy(process), FOREVER);
}

function setObjective(service: Service, of: { diskId: string | null; tag: Tag | null; hours: number }) {
  return setRecoveryPointObjective(service, caller, { ...of, region: null, exempt: false });
}

const withTrash = ({ service }: ServiceProcess) => setTrashRetention(service, caller, TRASH_HOURS.max);

/** What is deleted and then brought back or purged. */
const trashed =
  (...names: readonly string[]) =>
  async (process: ServiceProcess) => {
    await withTrash(process);
    const { service, id } = process;
    for (const name of names) {
      if (name === 'leaving') await releaseDisk(service, caller, { diskId: id(name), breakLease: false });
      else if (name === 'image') await deleteImage(service, caller, id(name));
      else await deleteSnapshot(service, caller, id(name), { force: true, by: 'PERSON' });
    }
  };

/** Rules 10.1 and 10.2. */
const SAFETY_NET: readonly UseCase[] = [
  { name: 'delete two snapshots into the bin', first: withTrash, run: deleteTwoSnapshots },
  {
    name: 'release a disk into the bin',
    first: withTrash,
    run: ({ service, id }) => releaseDisk(service, caller, { diskId: id('leaving'), breakLease: false }),
  },
  {
    name: 'delete an image into the bin',
    first: withTrash,
    run: ({ service, id }) => deleteImage(service, caller, id('image')),
  },
  {
    name: 'bring back a snapshot',
    first: trashed('first'),
    run: ({ service, id }) => restoreTrashed(service, caller, id('first')),
  },
  {
    name: 'bring back a disk with snapshots',
    first: trashed('leaving'),
    run: ({ service, id }) => restoreTrashed(service, caller, id('leaving')),
  },
  {
    name: 'bring back an image',
    first: trashed('image', 'second'),
    run: ({ service, id }) => restoreTrashed(service, caller, id('image')),
  },
  {
    name: 'purge a snapshot',
    first: trashed('first'),
    run: ({ service, id }) => purgeTrashed(service, caller, id('first')),
  },
  {
    name: 'the end of the time in the bin',
    first: async (process) => {
      await trashed('leaving', 'image', 'second')(process);
      process.passHours(TRASH_HOURS.max + 1);
    },
    run: ({ service }) => sweepTrash(service, FOREVER),
  },
  { name: 'pin a snapshot', run: ({ service, id }) => pinSnapshot(service, caller, id('first')) },
  {
    name: 'unpin a snapshot',
    first: ({ service, id }) => pinSnapshot(service, caller, id('first')),
    run: ({ service, id }) => unpinSnapshot(service, caller, id('first')),
  },
  {
    name: 'change the retention of a snapshot',
    run: ({ service, id }) => setSnapshotRetention(service, caller, { snapshotId: id('first'), retentionDays: 9 }),
  },
];

export const USE_CASES: readonly UseCase[] = [
  ...SAFETY_NET,
  { name: 'create a disk', run: ({ service }) => createDisk(service, caller, newDisk('new')) },
  {
    name: 'create an encrypted disk, the first under its key',
    run: ({ service }) => createDisk(service, caller, newDisk('new', UNDER_OTHER_KEY)),
  },
  {
    name: 'create a disk from a snapshot',
    run: ({ service, id }) => createDisk(service, caller, newDisk('new', { snapshotId: id('second') })),
  },
  {
    name: 'create a disk from an image',
    run: ({ service, id }) => createDisk(service, caller, newDisk('new', { imageId: id('image') })),
  },
  { name: 'write to a disk', run: ({ service, id }) => write(service, id('plain'), OVERWRITTEN) },
  { name: 'import into a draft', run: importIntoDraft },
  {
    name: 'create a snapshot',
    run: ({ service, id }) =>
      createSnapshot(service, caller, { diskId: id('plain'), retentionDays: null, ...named('fourth') }),
  },
  { name: 'delete snapshots, one with a disk', run: deleteTwoSnapshots },
  {
    name: 'roll back, with a safety snapshot',
    run: ({ service, id }) =>
      rollbackDisk(service, caller, {
        diskId: id('plain'),
        snapshotId: id('first'),
        dryRun: false,
        safetySnapshot: true,
        safetySnapshotName: 'safety',
        startInstance: false,
        breakLease: false,
        clientToken: 'back',
      }),
  },
  {
    name: 'copy a snapshot to another region',
    first: openOtherRegion,
    run: copyToOtherRegion,
  },
  {
    name: 'cancel a copy',
    first: async (process) => {
      await openOtherRegion(process);
      await beginCopy(process);
    },
    run: ({ service, id }) => cancelCopy(service, caller, id('copy')),
  },
  {
    name: 'create an image',
    run: ({ service, id }) => createImage(service, caller, { snapshotId: id('first'), ...named('golden') }),
  },
  { name: 'delete an image', run: ({ service, id }) => deleteImage(service, caller, id('image')) },
  {
    name: 'return a disk to its origin',
    repeats: true,
    run: ({ service, id }) =>
      reinitializeDisk(service, caller, { diskId: id('clone'), startInstance: false, breakLease: false }),
  },
  {
    name: 'release a disk with an automatic snapshot',
    run: ({ service, id }) => releaseDisk(service, caller, { diskId: id('leaving'), breakLease: false }),
  },
  {
    name: 'create an instance with its disks',
    run: async ({ service }) => {
      await createInstance(service, caller, newInstance(true, UNDER_OTHER_KEY));
      await sweepInstances(service, FOREVER);
    },
  },
  {
    name: 'release an instance with its disks',
    first: async ({ service }) => {
      await createInstance(service, caller, newInstance(false));
      await sweepInstances(service, FOREVER);
    },
    run: async ({ service, id }) => {
      await releaseInstance(service, caller, id('machine'));
      await sweepInstances(service, FOREVER);
    },
  },
  {
    name: 'set the objective of a disk',
    repeats: true,
    run: ({ service, id }) => setObjective(service, { diskId: id('plain'), tag: null, hours: 24 }),
  },
  {
    name: 'set the objective of a tag',
    repeats: true,
    run: ({ service }) => setObjective(service, { diskId: null, tag: { key: 'tier', value: 'gold' }, hours: 4 }),
  },
  {
    name: 'scrub, with repair',
    run: async ({ service, deps }) => {
      // Of encrypted blocks it sees the form, which is soon looked at.
      const scope = { region: null, targetId: null, chainId: null, keyId: MEMORY_KEY };
      const input = { ...scope, samplePercent: 100, repair: true, clientToken: 'scrub' };
      const { accountId, id } = await startScrub(service, caller, input);
      await runScrub({ service, engine: deps }, { accountId, id }, FOREVER);
    },
  },
];
