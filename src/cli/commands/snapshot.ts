import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import type { Disk, RolledBack } from '../../client/service/disks.ts';
import type { Snapshot, SnapshotCopy } from '../../client/service/snapshots.ts';
import { waitForSnapshot } from '../../client/service/wait-for-snapshot.ts';
import { asking, choose } from '../asking/decide.ts';
import { called, writerText } from '../asking/facts.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command, OptionSpec } from '../command.ts';
import { facts, table } from '../console.ts';
import { rootText } from '../expected-root.ts';
import { findDisk, findDiskId, findSnapshot } from '../lookup.ts';
import { noteSameName } from '../same-name.ts';
import { counted, formatSize } from '../sizes.ts';
import { type Line, line, state, when } from '../text.ts';
import { unreadableLines, unreadableText } from '../unreadable-lines.ts';
import { WATCH_OPTION } from '../watching.ts';
import { BREAK_LEASE_OPTION } from './break-lease.ts';
import { DESCRIPTION_OPTION } from './description.ts';
import { copyFacts } from './snapshot-copy-facts.ts';
import { parseTags, TAG_OPTION } from './tags.ts';

export const SNAPSHOT_JSON =
  'a snapshot: `id name description region kind sourceDisk{id kind sizeBytes} status ' +
  'progressPercent consistency createdAt retentionDays ' +
  'expiresAt pinnedAt keptInUse policyId usage diskCount tags[key value] type sizes root encrypted encryption{keyId} ' +
  'unreadable{count bytes}`.';

export const RETENTION_OPTION: OptionSpec = {
  name: 'retention',
  takes: 'count',
  value: 'DAYS',
  summary: 'Days to keep it. Default: until it is deleted.',
};

function expiry({ expiresAt, pinnedAt, keptInUse, usage }: Snapshot): Line {
  if (pinnedAt !== null) return line`never, as it is pinned since ${when(pinnedAt)}`;
  if (expiresAt === null) return 'never';
  return keptInUse ? line`${when(expiresAt)}; kept, as it is in use (${usage})` : when(expiresAt);
}

function contents({ status, consistency }: Snapshot): string {
  if (status === 'PROGRESSING') return 'the writer of the disk is being asked to flush';
  return consistency === 'FLUSHED'
    ? 'what was committed after its writer had flushed'
    : 'what was committed to the disk at that instant';
}

/** Whether its disk's writer was asked to flush and has not. */
function isUnanswered({ status, consistency }: Snapshot): boolean {
  return status === 'ACCOMPLISHED' && consistency === 'COMMITTED';
}

export function snapshotLines(snapshot: Snapshot & { readonly copy?: SnapshotCopy | null }): Line[] {
  const { sizes, sourceDisk, copy = null } = snapshot;
  return facts([
    ['Snapshot', snapshot.id],
    ['Name', snapshot.name],
    ['Description', snapshot.description ?? undefined],
    ['Disk', `${sourceDisk.id}, ${formatSize(sourceDisk.sizeBytes)}`],
    ['Status', line`${state(snapshot.status)} (${snapshot.progressPercent} %)`],
    ['Contents', copy !== null && snapshot.status !== 'ACCOMPLISHED' ? undefined : contents(snapshot)],
    ...copyFacts(copy),
    ['Kind', `${snapshot.kind}, ${snapshot.type}`],
    ['Created', when(snapshot.createdAt)],
    ['Expires', expiry(snapshot)],
    ['Policy', snapshot.policyId ?? undefined],
    ['Usage', snapshot.usage],
    [
      'Own data',
      sizes ? `${formatSize(sizes.ownBytes)}, ${formatSize(sizes.ownStoredBytes)} stored` : 'being measured',
    ],
    ['All data', sizes ? `${formatSize(sizes.totalBytes)}, ${formatSize(sizes.totalStoredBytes)} stored` : undefined],
    ['Encrypted', snapshot.encryption ? `yes, key ${snapshot.encryption.keyId}` : 'no'],
    ['Root', snapshot.status === 'PROGRESSING' ? undefined : rootText({ ...sourceDisk, root: snapshot.root })],
    ['Unreadable', unreadableText(snapshot.unreadable)],
    ['Tags', snapshot.tags.map(({ key, value }) => `${key}=${value}`).join(', ') || undefined],
  ]);
}

export const snapshotCreate: Command = {
  path: 'snapshot create',
  summary: 'Keep a disk’s present contents. It takes the same short time for every size.',
  details: [
    'If somebody holds the disk open for writing, that writer is asked to flush first, for ' +
      '15 seconds at most. `consistency` says FLUSHED if it did. It says COMMITTED if it did ' +
      'not, and if nobody held the disk open.',
    'What a writer holds and has not committed is not in the snapshot.',
  ],
  args: [{ name: 'DISK', summary: 'Id or name of the disk.' }],
  options: [
    { name: 'name', takes: 'text', value: 'NAME', summary: 'Name: 2–128 characters, first a letter. Default: its id.' },
    DESCRIPTION_OPTION,
    RETENTION_OPTION,
    { name: 'no-wait', takes: 'nothing', summary: 'Do not wait until the writer of an attached disk has flushed.' },
    TAG_OPTION,
  ],
  examples: [{ does: 'Before a risky change', line: 'varve snapshot create web-root --name before-upgrade' }],
  json: SNAPSHOT_JSON,
  run: async ({ console, client: connect, region, signal }, input) => {
    const client = await connect();
    const begun = await client.snapshots.create({
      diskId: await findDiskId(client, input.args[0] as string, region),
      name: input.text('name'),
      description: input.text('description'),
      retentionDays: input.number('retention'),
      tags: parseTags(input.texts('tag')),
      clientToken: randomUUID(),
    });
    if (input.has('name')) await noteSameName({ console, region }, 'snapshot', begun, client.snapshots.list);
    const snapshot = input.has('no-wait') ? begun : await waitForSnapshot(client.snapshots, begun, signal);
    if (begun.status === 'PROGRESSING' && isUnanswered(snapshot))
      console.note('The writer of the disk did not flush in time. What it has not committed is not in the snapshot.');
    console.result(snapshot, () => snapshotLines(snapshot));
  },
};

export const snapshotShow: Command = {
  path: 'snapshot show',
  summary: 'Show one snapshot.',
  args: [{ name: 'SNAPSHOT', summary: 'Id or name of the snapshot.' }],
  options: [WATCH_OPTION],
  examples: [{ does: 'Show a snapshot by its name', line: 'varve snapshot show before-upgrade' }],
  json:
    `${SNAPSHOT_JSON} With \`unreadable{ranges[offsetBytes lengthBytes]}\`, at most 1000, and ` +
    '`copy{sourceSnapshotId sourceDiskId sourceRegion totalBytes doneBytes movedBlocks ' +
    'movedBytes problem{code message since}}`.',
  run: async ({ console, client: connect, region }, { args }) => {
    const client = await connect();
    const found = await findSnapshot(client, args[0] as string, region);
    const snapshot = (await client.snapshots.get(found.id)) ?? { ...found, copy: null };
    const unreadable = snapshot.unreadable && (await client.unreadable.ofSnapshot(snapshot.id));
    console.result({ ...snapshot, unreadable }, () => [...snapshotLines(snapshot), ...unreadableLines(unreadable)]);
  },
};

export const snapshotDiff: Command = {
  path: 'snapshot diff',
  summary: 'List the ranges that differ between two snapshots of one disk, or the data of one snapshot.',
  args: [
    { name: 'SNAPSHOT', summary: 'Id or name of a snapshot. It is the earlier one if two are given.' },
    {
      name: 'LATER',
      summary: 'Id or name of the later snapshot. Without it, all data of the first is listed.',
      optional: true,
    },
  ],
  options: [],
  examples: [
    { does: 'What changed between two snapshots', line: 'varve snapshot diff monday tuesday' },
    { does: 'Where a snapshot has data', line: 'varve snapshot diff monday' },
  ],
  json: '`{fromSnapshotId, toSnapshotId, sizeBytes, changedBytes, ranges: [{offsetBytes, lengthBytes}]}`.',
  run: async ({ console, client: connect, region }, { args }) => {
    const client = await connect();
    const first = await findSnapshot(client, args[0] as string, region);
    const later = args[1] === undefined ? undefined : await findSnapshot(client, args[1], region);
    if (later) requireOneDisk(first, later);
    const [from, to] = later ? [first.id, later.id] : [undefined, first.id];
    const { sizeBytes, ranges } = await changes(client, to, from);
    const changedBytes = ranges.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
    const value = { fromSnapshotId: from ?? null, toSnapshotId: to, sizeBytes, changedBytes, ranges };
    console.result(value, () => [
      ...table(
        ['OFFSET', 'LENGTH'],
        ranges.map((range) => [String(range.offsetBytes), String(range.lengthBytes)]),
      ),
      `${formatSize(changedBytes)} of ${formatSize(sizeBytes)} in ${counted(ranges.length, 'range')}.`,
    ]);
  },
};

function requireOneDisk(first: Snapshot, later: Snapshot): void {
  if (first.sourceDisk.id === later.sourceDisk.id) return;
  const of = ({ id, sourceDisk }: Snapshot) => `${id} is of disk ${sourceDisk.id}`;
  throw new ClientError(
    'InvalidSnapshotDisk',
    `Only snapshots of one disk can be compared: ${of(first)}, ${of(later)}.`,
  );
}

async function changes(client: Client, to: string, from: string | undefined) {
  const ranges: { readonly offsetBytes: number; readonly lengthBytes: number }[] = [];
  let sizeBytes = 0;
  for await (const page of client.snapshots.changes(to, from)) {
    sizeBytes = page.sizeBytes;
    ranges.push(...page.ranges);
  }
  return { sizeBytes, ranges };
}

export const snapshotRollback: Command = asking({
  path: 'snapshot rollback',
  summary: 'Return a disk to one of its snapshots. It takes the same short time for every size.',
  details: [
    'Later snapshots stay usable, also to roll the disk forward again. Changes that no ' +
      'snapshot holds are lost. --dry-run says which.',
    'On a terminal it shows what would be lost, and offers to take a safety snapshot first.',
  ],
  args: [{ name: 'SNAPSHOT', summary: 'Id or name of the snapshot; its disk is rolled back.' }],
  options: [
    {
      name: 'dry-run',
      takes: 'nothing',
      summary: 'Change nothing. Say what would be lost, and why it would be refused.',
    },
    { name: 'safety-snapshot', takes: 'nothing', summary: 'Take a snapshot of the present contents first.' },
    { name: 'start-instance', takes: 'nothing', summary: 'Start the STOPPED instance of the disk afterwards.' },
    BREAK_LEASE_OPTION,
  ],
  examples: [
    { does: 'What would be lost', line: 'varve snapshot rollback before-upgrade --dry-run' },
    { does: 'Roll back, and be able to return', line: 'varve snapshot rollback before-upgrade --safety-snapshot' },
  ],
  json: '`{disk, safetySnapshot{id name}, loss{since changedBytes complete}, refusals[code message], dryRun}`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const snapshot = await findSnapshot(client, input.args[0] as string, region);
    const snapshotId = snapshot.id;
    const dryRun = input.has('dry-run');
    const found = await findDisk(client, snapshot.sourceDisk.id, region);
    const wanted = {
      diskId: found.id,
      snapshotId,
      safetySnapshot: input.has('safety-snapshot'),
      startInstance: input.has('start-instance'),
      breakLease: input.has('break-lease'),
    };
    const roll = (request: typeof wanted & { readonly dryRun: boolean }) =>
      client.disks.rollBack({ ...request, clientToken: randomUUID() });
    const about = { found, snapshot, isSafe: wanted.safetySnapshot, breaks: wanted.breakLease };
    const plan = async () => rollbackPlan(about, await roll({ ...wanted, dryRun: true }));
    const offer = wanted.safetySnapshot ? undefined : { key: 's', says: 'take a safety snapshot first' };
    const chosen = dryRun ? 'DRY' : await choose(context, input, plan, offer);
    const isSafe = wanted.safetySnapshot || chosen === 'OTHER';
    const done = await roll({ ...wanted, safetySnapshot: isSafe, dryRun });
    const { loss, refusals, safetySnapshot, disk } = done;
    console.result({ ...done, dryRun }, () => [
      dryRun ? `Would roll disk ${disk.id} back to ${snapshotId}.` : `Disk ${disk.id} is rolled back to ${snapshotId}.`,
      line`${dryRun ? 'Would be lost' : 'Lost'}: ${lossText(loss)}.`,
      ...(safetySnapshot ? [`Safety snapshot: ${safetySnapshot.id}`] : []),
      ...refusals.map(({ code, message }) => `Would be refused: ${message} (${code})`),
    ]);
  },
});

interface Rollback {
  readonly found: Disk;
  readonly snapshot: Snapshot;
  readonly isSafe: boolean;
  readonly breaks: boolean;
}

function rollbackPlan({ found, snapshot, isSafe, breaks }: Rollback, { loss, refusals }: RolledBack): Plan {
  const goes = isSafe || loss.changedBytes === 0 ? [] : [lossText(loss)];
  return {
    doing: line`return disk ${called(found)} to ${called(snapshot)} of ${when(snapshot.createdAt)}`,
    goes: [...goes, ...writerText(found, breaks)],
    stays: ['all snapshots, also later ones, and the size of the disk'],
    back: 'It cannot be brought back without a safety snapshot (--safety-snapshot).',
    refusals: refusals.map(({ code, message }) => `${message} (${code})`),
  };
}

function lossText({ since, changedBytes, complete }: RolledBack['loss']): Line {
  const least = complete ? '' : 'at least ';
  return line`${least}${formatSize(changedBytes)} changed since ${when(since)}`;
}
