import { readdir, realpath } from 'node:fs/promises';
import { ClientError } from '../../client/errors.ts';
import { chooseWay } from '../attach/mount-plan.ts';
import { mountExport, mountTools, type Undo, undoMount } from '../attach/mounting.ts';
import { ATTACH_OPTIONS, parseAttach } from '../attach/request.ts';
import { type Serving, serve } from '../attach/serve.ts';
import type { Command, Context, Input } from '../command.ts';
import { formatDuration } from '../sizes.ts';
import { type Announced, announced, startInBackground } from './attach.ts';

const BUSY_MS = 60_000; // for whoever still works in the folder

export const mount: Command = {
  path: 'mount',
  summary: 'Mount the filesystem of a snapshot or a disk in a folder.',
  details: [
    'It stays until Ctrl-C or varve detach, which unmount it. A snapshot is mounted read-only; a journal that its filesystem had open is\n' +
      'replayed into a scratch file that is forgotten in the end, so the snapshot stays as it is. A disk is mounted for writing, and holds the disk as varve attach does.',
    'Needs Linux, root, and nbdfuse with losetup, or nbd-client with the nbd kernel module.',
  ],
  args: [
    { name: 'SOURCE', summary: 'Id or name of the snapshot or disk.' },
    { name: 'DIR', summary: 'An empty folder.' },
  ],
  options: [
    { name: 'partition', takes: 'count', value: 'NUMBER', summary: 'Which partition. Needed where there are several.' },
    ...ATTACH_OPTIONS,
  ],
  examples: [
    { does: 'Get files back from a snapshot', line: 'varve mount monday /mnt/monday --background' },
    { does: 'The second partition of a system disk', line: 'varve mount before-upgrade /mnt/old --partition 2' },
  ],
  json: '`{sourceId, name, access, uri, sizeBytes, version, mountedOn}` in one line as soon as it is mounted; with --background also `log`.',
  run: async (context, input) => {
    const folder = await emptyFolder(input.args[1] as string);
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
    },
  );
}

function isReadOnly({ source }: Serving, wanted: boolean): boolean {
  return wanted || source.kind === 'snapshot';
}

async function unmount({ console }: Context, folder: string, undo: Undo): Promise<void> {
  const until = performance.now() + BUSY_MS;
  let told = false;
  await undoMount(undo, () => {
    if (!told)
      console.note(`${folder} is in use: waiting ${formatDuration(BUSY_MS / 1000)} at most until nobody works in it.`);
    told = true;
    return performance.now() < until;
  });
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
