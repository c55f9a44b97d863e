import { readdir, realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { ClientError } from '../../client/errors.ts';
import { chooseWay } from '../attach/mount-plan.ts';
import { mountExport, mountTools, type Undo, undoMount } from '../attach/mounting.ts';
import { findPlaces } from '../attach/places.ts';
import { readRecords } from '../attach/records.ts';
import { ATTACH_OPTIONS, parseAttach } from '../attach/request.ts';
import { type Serving, serve } from '../attach/serve.ts';
import { isDead } from '../attach/sweep.ts';
import type { Command, Context, Input } from '../command.ts';
import { formatDuration } from '../sizes.ts';
import { type Announced, announced, startInBackground } from './attach.ts';

const BUSY_MS = 60_000; // for whoever still works in the folder

export const mount: Command = {
  path: 'mount',
  summary: 'Mount the filesystem of a snapshot or a disk in a folder.',
  details: [
    'It stays until Ctrl-C or varve detach, which unmount it.',
    'A snapshot is mounted read-only. If its filesystem has a journal to replay, the replay ' +
      'goes to a scratch file that is forgotten at the end, and the snapshot does not change. ' +
      'A disk is mounted for writing and held open, as by varve attach.',
    'It needs Linux, root, and either nbdfuse with losetup, or nbd-client with the nbd kernel module.',
  ],
  args: [
    { name: 'SOURCE', summary: 'Id or name of the snapshot or disk.', completes: ['snapshot', 'disk'] },
    { name: 'DIR', summary: 'An empty folder.' },
  ],
  options: [
    {
      name: 'partition',
      takes: 'count',
      value: 'NUMBER',
      summary: 'Number of the partition. Needed if there are several.',
    },
    ...ATTACH_OPTIONS,
  ],
  examples: [
    { does: 'Get files back from a snapshot', line: 'varve mount monday /mnt/monday --background' },
    { does: 'The second partition of a system disk', line: 'varve mount before-upgrade /mnt/old --partition 2' },
  ],
  json:
    '`{sourceId, name, access, uri, sizeBytes, version, mountedOn}` in one line as soon as it ' +
    'is mounted. With --background also `log`.',
  run: async (context, input) => {
    const path = input.args[1] as string;
    await requireUnmounted(context, path);
    const folder = await emptyFolder(path);
    if (input.has('background')) return announce(context, await startInBackground(context, 'mount'));
    return mountUntilEnd(context, input, folder);
  },
};

async function mountUntilEnd(context: Context, input: Input, folder: string): Promise<void> {
  const way = chooseWay(await mountTools()); // before a disk is taken from anybody
  const request = { ...parseAttach(input, 'mount'), scratch: 'OF_SNAPSHOTS' } as const;
  let undo: Undo = [];
  await serve(
    context,
    request,
    { address: undefined, tls: undefined },
    {
      begin: async (serving) => {
        undo = await mountExport(
          {
            uri: serving.uri,
            socket: serving.socket as string,
            folder,
            way,
            work: serving.work,
            readOnly: isReadOnly(serving, request.readOnly),
            partition: input.number('partition'),
          },
          (steps) => serving.mounted({ folder, undo: steps }),
        );
        announce(context, { ...announced(serving), mountedOn: folder });
      },
      end: () => unmount(context, folder, undo),
      ending: (access) => endingText(folder, access === 'READ_WRITE'),
    },
  );
}

function endingText(folder: string, writes: boolean): string {
  const commits = writes ? ' and committing what was written' : '';
  const later = writes ? ', and the next varve attach or mount of the disk commits the rest' : '';
  return (
    `Ending: unmounting ${folder}${commits}. A second Ctrl-C ends it at once. Then varve ` +
    `detach ${folder} cleans up${later}.`
  );
}

function isReadOnly({ source }: Serving, wanted: boolean): boolean {
  return wanted || source.kind === 'snapshot';
}

async function unmount({ console }: Context, folder: string, undo: Undo): Promise<void> {
  const until = performance.now() + BUSY_MS;
  let noted = false;
  await undoMount(undo, () => {
    if (!noted)
      console.note(`${folder} is in use: waiting ${formatDuration(BUSY_MS / 1000)} at most until nobody works in it.`);
    noted = true;
    return performance.now() < until;
  });
}

/** What a process that was killed has mounted may look empty, or fail to be read. */
async function requireUnmounted({ environment }: Context, path: string): Promise<void> {
  const folder = await realpath(path).catch(() => resolve(path));
  for (const found of await readRecords(findPlaces(environment, homedir()).attachments)) {
    const { mount, name, sourceId } = found.record;
    if (mount?.folder !== folder) continue;
    const how = (await isDead(found))
      ? `was mounted on ${folder} by a process that was killed`
      : `is mounted on ${folder}`;
    const message = `${name || sourceId} ${how}: varve detach ${folder} unmounts it.`;
    throw new ClientError('OutputUnusable', message, { path: folder });
  }
}

async function emptyFolder(path: string): Promise<string> {
  const names = await readdir(path).catch((error: NodeJS.ErrnoException) => {
    const why =
      error.code === 'ENOENT' ? 'does not exist' : error.code === 'ENOTDIR' ? 'is not a folder' : error.message;
    throw new ClientError('OutputUnusable', `${path} ${why}.`, { path });
  });
  if (names.length > 0) throw new ClientError('OutputUnusable', `${path} is not empty.`, { path });
  return realpath(path);
}

function announce({ console }: Context, value: Announced): void {
  const { sourceId, name, mountedOn, log } = value;
  console.announce(value, () => [
    `${name} (${sourceId}) is mounted on ${mountedOn}.`,
    log === undefined ? 'Ctrl-C unmounts it.' : `varve detach ${mountedOn} unmounts it. Its log: ${log}`,
  ]);
}
