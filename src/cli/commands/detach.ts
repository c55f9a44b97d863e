import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { leftJournals } from '../../attach/journal/folder.ts';
import { ClientError } from '../../client/errors.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { askControl } from '../attach/control.ts';
import { undoMount } from '../attach/mounting.ts';
import { findPlaces, type Places } from '../attach/places.ts';
import { type AttachmentStatus, type FoundRecord, readRecords, statusOf } from '../attach/records.ts';
import { forgetDead, isDead, sweep } from '../attach/sweep.ts';
import type { Command, Context } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { formatSize } from '../sizes.ts';

/** Longer than the attachment itself waits for the service before it gives a flush up. */
const END_MS = 5 * 60_000;
/** Of one that has not ended and does not answer, such as a stopped one: it hides no other. */
const SILENT = { version: null, dirtyBytes: null, connections: null, fault: 'does not answer', retrying: null };
/** From then on it is said that there is something to wait for. */
const SLOW_MS = 3000;

export const attachmentList: Command = {
  path: 'attachment list',
  summary: 'List what is attached on this machine, and how much of it is not uploaded yet.',
  args: [],
  options: LIST_OUTPUT,
  examples: [{ does: 'What runs here?', line: 'varve attachment list' }],
  json:
    '`{attachments: [{sourceId, name, pid, uri, access, startedAt, mountedOn, log, alive, ' +
    'version, dirtyBytes, connections, fault, retrying}]}`; of one that is not ' +
    'alive, or does not answer, nothing is known from `version` on.',
  run: async ({ console, environment }, input) => {
    const records = await readRecords(findPlaces(environment, homedir()).attachments);
    const all = await Promise.all(
      records.map(async (found) => shown(found, await statusOf(found).catch(() => SILENT))),
    );
    showList(console, input, { of: 'attachments', rows: all, columns: COLUMNS, empty: EMPTY });
  },
};

const EMPTY = 'Nothing is attached here. varve attach and varve mount do that.';

const COLUMNS: readonly Column<Shown>[] = [
  { head: 'SOURCE', cell: ({ sourceId }) => sourceId },
  { head: 'NAME', spare: 3, isCut: true, cell: ({ name }) => name },
  { head: 'ACCESS', spare: 2, cell: ({ access }) => access },
  { head: 'AT', isCut: true, cell: ({ mountedOn, uri }) => mountedOn ?? uri },
  {
    head: 'NOT UPLOADED',
    spare: 1,
    cell: ({ dirtyBytes }) => (dirtyBytes === null ? '?' : formatSize(dirtyBytes)),
    plain: ({ dirtyBytes }) => dirtyBytes,
  },
  { head: 'STATE', cell: stateOf },
];

export const detach: Command = {
  path: 'detach',
  summary: 'End an attachment or a mount on this machine. Everything written is committed first.',
  details: [
    'If several are meant, each is ended, even if another one fails. The exit code is not 0 if one failed.',
    'A filesystem that varve mount has mounted is unmounted. What a killed process left is ' +
      'cleaned up. Writes that are only in its journal are committed by the next varve attach ' +
      'of that disk.',
  ],
  args: [
    {
      name: 'WHAT',
      summary: 'Id or name of the disk or snapshot, the folder of the mount, or the URI.',
      completes: ['disk', 'snapshot', 'files'],
    },
  ],
  options: [],
  examples: [
    { does: 'A disk', line: 'varve detach web-data' },
    { does: 'A mounted snapshot', line: 'varve detach /mnt/monday' },
  ],
  json:
    '`{detached: [{sourceId, name, alive, committedVersion, error}]}`: `alive` is false if its ' +
    'process had died. `error` says why it could not be detached cleanly.',
  run: async (context, { args }) => {
    const what = args[0] as string;
    const folder = await realpath(what).catch(() => undefined);
    const places = findPlaces(context.environment, homedir());
    const records = await readRecords(places.attachments);
    const meant = records.filter(({ record }) => isMeant(record, what, folder));
    if (meant.length === 0) throw new ClientError('NotFound', `Nothing named '${what}' is attached on this machine.`);
    const detached = await mapBounded(meant, 1, (found) => tryEnd(context, places, found));
    await sweep(places);
    const failures = detached.flatMap(({ error }) => (error === null ? [] : [error]));
    context.console.result({ detached }, () =>
      detached
        .filter(({ error }) => error === null)
        .map(({ sourceId, alive }) =>
          alive ? `Detached ${sourceId}.` : `Cleaned up after ${sourceId}, whose process had died.`,
        ),
    );
    if (failures.length > 0) throw new ClientError('AttachFailed', failures.join(' '));
  },
};

function isMeant({ sourceId, name, uri, mount }: FoundRecord['record'], what: string, folder: string | undefined) {
  return [sourceId, name, uri].includes(what) || (folder !== undefined && mount?.folder === folder);
}

interface Detached {
  readonly sourceId: string;
  readonly name: string;
  readonly alive: boolean;
  readonly committedVersion: number | null;
  readonly error: string | null;
}

/** One that cannot be detached keeps no other. */
async function tryEnd(context: Context, places: Places, found: FoundRecord): Promise<Detached> {
  const { sourceId, name } = found.record;
  const alive = !(await isDead(found));
  try {
    return { sourceId, name, ...(await end(context, places, found)), error: null };
  } catch (error) {
    const why = `${sourceId} could not be detached cleanly: ${(error as Error).message}`;
    return { sourceId, name, alive, committedVersion: null, error: why };
  }
}

async function end(
  { console }: Context,
  places: Places,
  found: FoundRecord,
): Promise<Pick<Detached, 'alive' | 'committedVersion'>> {
  const { sourceId, mount, access } = found.record;
  const commits =
    access === 'READ_WRITE' ? ' It commits what was written, which takes minutes if the service does not answer.' : '';
  const slow = setTimeout(() => console.note(`Waiting for ${sourceId} to end.${commits}`), SLOW_MS);
  const answer = (await askControl(found.control, { op: 'end' }, END_MS).finally(() => clearTimeout(slow))) as
    | { readonly error?: string; readonly committedVersion?: number | null }
    | undefined;
  if (answer?.error !== undefined) throw new ClientError('AttachFailed', answer.error);
  if (answer === undefined) {
    if (mount !== undefined) await undoMount(mount.undo);
    await forgetDead(found);
    const left = await leftJournals(places.journals, sourceId);
    const kept = left.map(({ path }) => ` The next varve attach ${sourceId} here commits what only ${path} has.`);
    console.note(`The process that had ${sourceId} attached was gone.${kept.join('')}`);
  }
  return { alive: answer !== undefined, committedVersion: answer?.committedVersion ?? null };
}

function stateOf({ alive, fault, retrying }: Pick<Shown, 'alive' | 'fault' | 'retrying'>): string {
  if (!alive) return 'killed';
  return fault ?? (retrying === null ? 'running' : `retrying: ${retrying}`);
}

type Shown = ReturnType<typeof shown>;

function shown({ record }: FoundRecord, status: AttachmentStatus | typeof SILENT | undefined) {
  const { mount, log, ...rest } = record;
  return {
    ...rest,
    mountedOn: mount?.folder ?? null,
    log: log ?? null,
    alive: status !== undefined,
    version: status?.version ?? null,
    dirtyBytes: status?.dirtyBytes ?? null,
    connections: status?.connections ?? null,
    fault: status?.fault ?? null,
    retrying: status?.retrying ?? null,
  };
}
