import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import { Meter } from '../../client/progress.ts';
import type { Disk } from '../../client/service/disks.ts';
import type { DiskCategory, DiskKind } from '../../generated/operations.ts';
import { asking, decide } from '../asking/decide.ts';
import { backFromTrash, called, diskText, heldText, snapshotsOf, writerText } from '../asking/facts.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command, Context, Input, OptionSpec } from '../command.ts';
import { findDisk, findImageId, findPolicyId, findSnapshot } from '../lookup.ts';
import { size } from '../parse.ts';
import { summaryText, withProgress } from '../progress-line.ts';
import { noteSameName } from '../same-name.ts';
import { UsageError } from '../usage-error.ts';
import { BREAK_LEASE_OPTION } from './break-lease.ts';
import { DISK_JSON, diskLines } from './disk-show.ts';
import { parseTags, TAG_OPTION } from './tags.ts';
import { trashHint } from './trash-hint.ts';

export const ENCRYPTION_OPTIONS: readonly OptionSpec[] = [
  {
    name: 'encrypted',
    takes: 'nothing',
    summary: 'Encrypt the disk under the key named local, or under the key of --key.',
  },
  {
    name: 'key',
    takes: 'text',
    value: 'ID',
    summary: 'Encrypt the disk under this key: a name in the key file, or a KMS key.',
  },
];

/** The key that a local installation makes when it is set up. */
const LOCAL_KEY = 'local';

export function encryptionKeyId(input: Input): string | undefined {
  return input.text('key') ?? (input.has('encrypted') ? LOCAL_KEY : undefined);
}

const KINDS: readonly DiskKind[] = ['SYSTEM', 'DATA'];
const CATEGORIES: readonly DiskCategory[] = ['CLOUD', 'SHARED', 'LOCAL'];

export const diskCreate: Command = {
  path: 'disk create',
  summary: 'Create a disk: empty, or with the contents of a snapshot or image.',
  details: [
    'A disk made from a snapshot is there at once, whatever its size, and shares its blocks. ' +
      'A disk from an encrypted snapshot is encrypted with the same key.',
    'Some disks are a copy, which takes a while: this command then reads every block, ' +
      'encrypts it if the disk is encrypted, and stores it. That is so for a plain snapshot ' +
      'with --encrypted or --key, and for the image of another account.',
  ],
  args: [
    { name: 'NAME', summary: 'Name of the disk: 2–128 characters, first a letter. Default: its id.', optional: true },
  ],
  options: [
    { name: 'size', takes: 'size', value: 'SIZE', summary: 'Size, such as 10G. Needed for an empty disk.' },
    { name: 'snapshot', takes: 'text', value: 'SNAPSHOT', summary: 'Id or name of the snapshot to make it from.' },
    { name: 'image', takes: 'text', value: 'IMAGE', summary: 'Id or name of the image to make it from.' },
    ...ENCRYPTION_OPTIONS,
    { name: 'kind', takes: 'text', value: 'KIND', summary: 'SYSTEM or DATA.', choices: KINDS },
    {
      name: 'category',
      takes: 'text',
      value: 'CATEGORY',
      summary: 'CLOUD, SHARED (for several instances at once), or LOCAL (no snapshots). Default: CLOUD.',
      choices: CATEGORIES,
    },
    {
      name: 'prepaid-until',
      takes: 'text',
      value: 'INSTANT',
      summary: 'Paid in advance until then, such as 2027-01-31T00:00:00Z. Default: paid by use.',
    },
    { name: 'delete-auto-snapshots', takes: 'nothing', summary: 'Delete its automatic snapshots when it is released.' },
    {
      name: 'delete-with-instance',
      takes: 'nothing',
      summary: 'Release it with the instance that it is attached to.',
    },
    {
      name: 'policy',
      takes: 'text',
      value: 'POLICY',
      summary: 'Id or name of the snapshot policy for it.',
    },
    TAG_OPTION,
  ],
  examples: [
    { does: 'An empty disk', line: 'varve disk create web-data --size 100G' },
    { does: 'A disk from a snapshot', line: 'varve disk create web-copy --snapshot before-upgrade' },
    { does: 'A disk for several instances', line: 'varve disk create cluster-data --size 100G --category SHARED' },
    {
      does: 'A disk that is paid in advance',
      line: 'varve disk create build-cache --size 50G --prepaid-until 2098-12-31T00:00:00Z',
    },
  ],
  json: DISK_JSON,
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    if (!['size', 'snapshot', 'image'].some((name) => input.has(name))) {
      throw new UsageError(
        'Give --size for an empty disk, or --snapshot or --image for a disk with contents.',
        'disk create',
      );
    }
    const client = await connect();
    const from = input.text('snapshot');
    const snapshot = from === undefined ? undefined : await findSnapshot(client, from, region);
    const image = input.text('image');
    const expiresAt = input.text('prepaid-until');
    const created = await client.disks.create({
      region,
      name: input.args[0],
      kind: input.choice('kind', KINDS),
      category: input.choice('category', CATEGORIES),
      sizeBytes: input.number('size'),
      snapshotId: snapshot?.id,
      imageId: image === undefined ? undefined : await findImageId(client, image, region),
      encryptionKeyId: encryptionKeyId(input),
      ...(expiresAt === undefined ? {} : { chargeType: 'PREPAID', expiresAt }),
      deleteAutoSnapshots: input.has('delete-auto-snapshots'),
      deleteWithInstance: input.has('delete-with-instance'),
      policyId: await findPolicyId(client, input.text('policy'), region),
      tags: parseTags(input.texts('tag')),
      clientToken: randomUUID(),
    });
    if (input.args[0] !== undefined) await noteSameName(context, 'disk', created, client.disks.list);
    const disk = await finishCopy(context, client, created);
    console.result(disk, () => diskLines(disk));
  },
};

/** Copies what a disk waits for, if it does. The copy is encrypted if the disk is. */
export async function finishCopy({ console }: Context, client: Client, disk: Disk): Promise<Disk> {
  if (!disk.reencryption) return disk;
  const meter = new Meter();
  const what = disk.origin.imageId === null ? 'snapshot' : 'image';
  const doing = disk.encrypted ? 'Copying and encrypting' : 'Copying';
  console.note(`${doing} the ${what} to disk ${disk.id}. If stopped: varve disk sync ${disk.id} goes on.`);
  const ready = await withProgress(console, meter, 'upload', () => client.finishCopy(disk, { meter })).catch(
    (error: unknown) => {
      throw isOriginGone(error, disk) ? copyEnds(error, disk) : error;
    },
  );
  console.note(`Copied: ${summaryText(meter, 'upload')}`);
  return ready;
}

function isOriginGone(error: unknown, { id }: Disk): error is ClientError {
  if (!(error instanceof ClientError)) return false;
  return error.code === 'OriginSnapshotDeleted' || (error.code === 'NotFound' && error.extra.id !== id);
}

/** The snapshot or image was deleted, or is no longer shared: the disk never gets its contents. */
function copyEnds({ code, message, extra, cause }: ClientError, { id: diskId }: Disk): ClientError {
  const what = `Disk ${diskId} cannot be completed: varve disk delete ${diskId} deletes it.`;
  return new ClientError(code, `${message} ${what}`, { ...extra, diskId }, cause);
}

export const diskResize: Command = {
  path: 'disk resize',
  summary: 'Make a disk larger; the new part reads as zeros.',
  args: [
    { name: 'DISK', summary: 'Id or name of the disk.' },
    { name: 'SIZE', summary: 'The new size, such as 20G.' },
  ],
  options: [],
  examples: [{ does: 'Grow a disk to 200 GiB', line: 'varve disk resize web-data 200G' }],
  json: DISK_JSON,
  run: async ({ console, client: connect, region }, { args }) => {
    const sizeBytes = size('SIZE', args[1] as string, diskResize);
    const client = await connect();
    const { id } = await findDisk(client, args[0] as string, region);
    const disk = await client.disks.resize(id, sizeBytes);
    console.result(disk, () => diskLines(disk));
  },
};

export const diskDelete: Command = asking({
  path: 'disk delete',
  summary: 'Release a disk. It can be brought back for the time that the account sets.',
  details: [
    'Its manual snapshots stay. Its automatic snapshots are deleted with it if the disk was ' +
      'made or updated with --delete-auto-snapshots. Otherwise they stay until their retention ' +
      'ends.',
    'trash restore brings it back, with the automatic snapshots that were deleted with it.',
  ],
  args: [{ name: 'DISK', summary: 'Id or name of the disk.' }],
  options: [BREAK_LEASE_OPTION],
  examples: [
    { does: 'What would go?', line: 'varve disk delete web-copy --dry-run' },
    { does: 'Release a disk', line: 'varve disk delete web-copy' },
  ],
  json: '`{diskId, deletedSnapshotIds, restorableUntil, job{id}}`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const found = await findDisk(client, input.args[0] as string, region);
    const { id } = found;
    if (!(await decide(context, input, () => releasePlan(client, found, input.has('break-lease'))))) return;
    const released = await client.disks.release({ diskId: id, breakLease: input.has('break-lease') });
    const { restorableUntil, job } = released;
    console.result(released, () =>
      restorableUntil === null
        ? [`Released disk ${id}; job ${job.id} frees what only it used.`]
        : [`Released disk ${id}.`, ...trashHint(id, restorableUntil)],
    );
  },
});

async function releasePlan(client: Client, disk: Disk, breaks: boolean): Promise<Plan> {
  const snapshots = await snapshotsOf(client, disk);
  return {
    doing: `release disk ${called(disk)}`,
    goes: [diskText(disk), ...snapshots.goes, ...writerText(disk, breaks)],
    stays: snapshots.stays,
    back: await backFromTrash(client, disk.id),
    refusals: [
      ...disk.instances.map((instance) => `It is attached to instance ${called(instance)}.`),
      ...heldText(disk, breaks),
    ],
  };
}
