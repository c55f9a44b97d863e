import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { ClientError } from '../../client/errors.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { askControl } from '../attach/control.ts';
import { undoMount } from '../attach/mounting.ts';
import { findPlaces } from '../attach/places.ts';
import { type AttachmentStatus, type FoundRecord, forget, readRecords, statusOf } from '../attach/records.ts';
import type { Command, Context } from '../command.ts';
import { table } from '../console.ts';
import { formatSize } from '../sizes.ts';

/** Longer than the attachment itself waits for the service before it gives a flush up. */
const END_MS = 5 * 60_000;

export const attachmentList: Command = {
  path: 'attachment list',
  summary: 'List what is attached on this machine, and how much of it is not uploaded yet.',
  args: [],
  options: [],
  examples: [{ does: 'What runs here?', line: 'varve attachment list' }],
  json:
    '`{attachments: [{sourceId, name, pid, uri, access, startedAt, mountedOn, alive, version, dirtyBytes, connections, fault}]}`; of one that is not ' +
    'alive, nothing is known from `version` on.',
  run: async ({ console, environment }) => {
    const records = await readRecords(findPlaces(environment, homedir()).attachments);
    const all = await Promise.all(records.map(async (found) => shown(found, await statusOf(found))));
    console.result({ attachments: all }, () =>
      all.length === 0
        ? ['Nothing is attached here.']
        : table(
            ['SOURCE', 'NAME', 'ACCESS', 'AT', 'NOT UPLOADED', 'STATE'],
            all.map(({ sourceId, name, access, mountedOn, uri, dirtyBytes, alive, fault }) => [
              sourceId,
              name,
              access,
              mountedOn ?? uri,
              dirtyBytes === null ? '?' : formatSize(dirtyBytes),
              alive ? (fault ?? 'running') : 'killed',
            ]),
          ),
    );
  },
};

export const detach: Command = {
  path: 'detach',
  summary: 'End an attachment or a mount on this machine: everything written is committed first.',
  details: [
    'A filesystem that varve mount has mounted is unmounted. What a killed process left behind is cleaned up; writes that only its journal has\n' +
      'are committed by the next varve attach of that disk.',
  ],
  args: [
    { name: 'WHAT', summary: 'Id or name of the disk or snapshot, the folder that it is mounted on, or the URI.' },
  ],
  options: [],
  examples: [
    { does: 'A disk', line: 'varve detach web-data' },
    { does: 'A mounted snapshot', line: 'varve detach /mnt/monday' },
  ],
  json: '`{detached: [{sourceId, name, alive, committedVersion}]}`: `alive` is false for one whose process had died.',
  run: async (context, { args }) => {
    const what = args[0] as string;
    const folder = await realpath(what).catch(() => undefined);
    const records = await readRecords(findPlaces(context.environment, homedir()).attachments);
    const meant = records.filter(({ record }) => isMeant(record, what, folder));
    if (meant.length === 0) throw new ClientError('NotFound', `Nothing named '${what}' is attached on this machine.`);
    const detached = await mapBounded(meant, 1, (found) => end(context, found));
    context.console.result({ detached }, () =>
      detached.map(({ sourceId, alive }) =>
        alive ? `Detached ${sourceId}.` : `Cleaned up after ${sourceId}, whose process had died.`,
      ),
    );
  },
};

function isMeant({ sourceId, name, uri, mount }: FoundRecord['record'], what: string, folder: string | undefined) {
  return [sourceId, name, uri].includes(what) || (folder !== undefined && mount?.folder === folder);
}

async function end({ console }: Context, found: FoundRecord) {
  const { sourceId, name, mount } = found.record;
  const answer = (await askControl(found.control, { op: 'end' }, END_MS)) as
    | { readonly error?: string; readonly committedVersion?: number | null }
    | undefined;
  if (answer?.error !== undefined) {
    throw new ClientError('AttachFailed', `${sourceId} could not be detached cleanly: ${answer.error}`, { sourceId });
  }
  if (answer === undefined) {
    if (mount !== undefined) await undoMount(mount.undo);
    await forget(found);
    console.note(`The process that had ${sourceId} attached was gone.`);
  }
  return { sourceId, name, alive: answer !== undefined, committedVersion: answer?.committedVersion ?? null };
}

function shown({ record }: FoundRecord, status: AttachmentStatus | undefined) {
  const { mount, ...rest } = record;
  return {
    ...rest,
    mountedOn: mount?.folder ?? null,
    alive: status !== undefined,
    version: status?.version ?? null,
    dirtyBytes: status?.dirtyBytes ?? null,
    connections: status?.connections ?? null,
    fault: status?.fault ?? null,
  };
}
