import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import type { PurgeResult, RestoreResult, TrashItem } from '../../client/service/trash.ts';
import type { TrashChange, TrashKind } from '../../generated/operations.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { asking, decide } from '../asking/decide.ts';
import { called, MOST_QUERIES } from '../asking/facts.ts';
import type { Plan } from '../asking/plan.ts';
import type { Command } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findEach, type Named, refusalLine, resultsOf, throwFirst } from '../several.ts';
import { counted, formatSize } from '../sizes.ts';
import { when } from '../text.ts';
import { UsageError } from '../usage-error.ts';

const KINDS: readonly TrashKind[] = ['SNAPSHOT', 'DISK', 'IMAGE'];
const ID = /^[sdm]-[0-9a-hjkmnp-tv-z]{20}$/;
const LOOKED_AT = 1000;
const ITEM_JSON =
  '`id kind region name diskId deletedAt restorableUntil freeFrom withDiskId snapshotCount sizeBytes ' +
  'tags[key value] sizes`';
const ITEMS_ARG = { name: 'ITEM', summary: 'Ids or names of what was deleted, at most 20.', repeated: true } as const;
const noun = ['item', 'items'] as const;

export const trashList: Command = {
  path: 'trash list',
  summary: 'List what was deleted and can be brought back, what was deleted last first.',
  details: [
    'Snapshots, disks and images that somebody deleted can be brought back for a time that the ' +
      'account sets (trash set), 24 hours at first. What the service deletes by itself, as a ' +
      'retention has ended, cannot.',
    'Automatic snapshots that went with a disk are listed too. They come back with it.',
  ],
  args: [],
  options: [
    {
      name: 'kind',
      takes: 'text',
      value: 'KIND',
      summary: `Only things of this kind: ${KINDS.join(', ')}.`,
      choices: KINDS,
    },
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list of each kind. Default: 1000.' },
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'Which disks can be brought back?', line: 'varve trash list --kind DISK' }],
  json: `\`{hours, items: [item], more}\`. Each item: ${ITEM_JSON}. \`hours\` holds for what is deleted now.`,
  run: async ({ console, client: connect, region }, input) => {
    const { trash } = await connect();
    const kind = input.choice('kind', KINDS);
    const limit = input.number('limit') ?? LOOKED_AT;
    const hours = await trash.hours();
    const items: TrashItem[] = [];
    let more = false;
    for (const each of kind === undefined ? KINDS : [kind]) {
      const found = await trash.list(each, { region, limit });
      items.push(...found.nodes);
      more ||= found.more;
    }
    const also = { hours };
    showList(console, input, { of: 'items', rows: items, more, columns: COLUMNS, also, empty: emptyText(hours) });
  },
};

const emptyText = (hours: number) =>
  hours === 0
    ? 'Nothing. What is deleted is gone at once (varve trash set).'
    : `Nothing. What is deleted can be brought back for ${counted(hours, 'hour')}.`;

const COLUMNS: readonly Column<TrashItem>[] = [
  { head: 'ID', cell: ({ id }) => id },
  { head: 'KIND', spare: 2, cell: ({ kind }) => kind },
  { head: 'NAME', isCut: true, cell: ({ name }) => name },
  { head: 'SIZE', spare: 3, cell: ({ sizeBytes }) => formatSize(sizeBytes), plain: ({ sizeBytes }) => sizeBytes },
  { head: 'DELETED', spare: 4, cell: ({ deletedAt }) => when(deletedAt) },
  { head: 'UNTIL', cell: ({ restorableUntil }) => when(restorableUntil) },
  { head: 'WITH', spare: 1, cell: withText, plain: ({ withDiskId, snapshotCount }) => withDiskId ?? snapshotCount },
];

/** The disk that it comes back with, or what comes back with it. */
function withText({ withDiskId, snapshotCount }: TrashItem): string {
  return withDiskId ?? (snapshotCount === 0 ? '-' : counted(snapshotCount, 'snapshot'));
}

const CHANGES: Readonly<Record<TrashChange, string>> = {
  DETACHED: 'it is attached to nothing',
  POLICY_GONE: 'its policy is gone, so it is under none',
  ORIGIN_GONE: 'the snapshot that it was made from cannot be seen any more',
  RETENTION_EXTENDED: 'its retention ends 24 hours from now',
  SNAPSHOTS_LEFT: 'some of its automatic snapshots stay here, as the quota is full',
  PAYMENT_OVER: 'its paid time is over, and the grace time begins now',
};

export const trashRestore: Command = {
  path: 'trash restore',
  summary: 'Bring back snapshots, disks and images that were deleted, as they were.',
  details: [
    'A disk comes back with its settings, its policy and the automatic snapshots that went with ' +
      'it. It is attached to nothing. What could not be brought back is told.',
  ],
  args: [ITEMS_ARG],
  options: [],
  examples: [{ does: 'Bring back a snapshot', line: 'varve trash restore tuesday' }],
  json: '`{results: [{id, restored, error{code message}, changes, snapshotIds}]}`.',
  run: async ({ console, client: connect, region }, { args }) => {
    const client = await connect();
    const named = await findEach(args, (word) => findTrashId(client, word, region));
    const results = await resultsOf<RestoreResult>(named, {
      act: (ids) => client.trash.restore(ids),
      refused: (id, error) => ({ id, restored: false, error, changes: [], snapshotIds: [] }),
    });
    console.result({ results }, () => results.flatMap(restoredLines));
    throwFirst(results, { noun, verb: ['was not brought back', 'were not brought back'] }, ({ id }) => ({ id }));
  },
};

function restoredLines({ id, error, changes, snapshotIds }: RestoreResult): string[] {
  if (error) return [refusalLine(error, `Not brought back: ${id}`)];
  const with_ = snapshotIds.length === 0 ? '' : `, with ${counted(snapshotIds.length, 'automatic snapshot')}`;
  return [`Brought back ${id}${with_}.`, ...changes.map((change) => `Not as it was: ${CHANGES[change] ?? change}.`)];
}

export const trashPurge: Command = asking({
  path: 'trash purge',
  summary: 'End the time in which these can be brought back. There is no way back. Needs ADMIN.',
  details: ['What nothing else uses is freed after the grace time of reclaim.'],
  args: [ITEMS_ARG],
  options: [],
  examples: [{ does: 'Let its blocks go', line: 'varve trash purge web-copy' }],
  json: '`{results: [{id, purged, error{code message}}]}`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const client = await connect();
    const named = await findEach(input.args, (word) => findTrashId(client, word, region));
    if (!(await decide(context, input, () => purgePlan(client, named)))) return;
    const results = await resultsOf<PurgeResult>(named, {
      act: (ids) => client.trash.purge(ids),
      refused: (id, error) => ({ id, purged: false, error }),
    });
    console.result({ results }, () =>
      results.map(({ id, error }) => (error ? refusalLine(error, `Not purged: ${id}`) : `Purged ${id}.`)),
    );
    throwFirst(results, { noun, verb: ['was not purged', 'were not purged'] }, ({ id }) => ({ id }));
  },
});

async function purgePlan({ trash }: Client, named: readonly Named[]): Promise<Plan> {
  const ids = named.flatMap((one) => ('id' in one ? [one.id] : []));
  const found = await mapBounded(ids, MOST_QUERIES, async (id) => ({ id, item: await trash.get(id).catch(absent) }));
  return {
    doing: `purge ${counted(ids.length, 'item')} from the recycle bin`,
    goes: found.flatMap(({ item }) => (item === null ? [] : [itemText(item)])),
    stays: ['what other disks, snapshots and images still use'],
    back: 'It cannot be brought back.',
    refusals: [
      ...found.filter(({ item }) => item === null).map(({ id }) => `${id} is not in the recycle bin.`),
      ...named.flatMap((one) => ('error' in one ? [one.error.message] : [])),
    ],
  };
}

function absent(error: unknown): null {
  if (error instanceof ClientError && error.code === 'NotFound') return null;
  throw error;
}

function itemText(item: TrashItem): string {
  const { kind, sizeBytes, snapshotCount } = item;
  const with_ = snapshotCount === 0 ? '' : `, with ${counted(snapshotCount, 'automatic snapshot')}`;
  return `${kind.toLowerCase()} ${called(item)}, ${formatSize(sizeBytes)}${with_}`;
}

export const trashSet: Command = asking({
  path: 'trash set',
  summary: 'Set how long what is deleted from now on can be brought back. Needs ADMIN.',
  details: ['What was deleted before keeps its time. A terminal asks before a shorter one.'],
  args: [{ name: 'HOURS', summary: '0 to 8760. With 0, what is deleted is gone at once.' }],
  options: [],
  examples: [{ does: 'A week', line: 'varve trash set 168' }],
  json: '`{hours}`.',
  run: async (context, input) => {
    const { console, client: connect } = context;
    const text = input.args[0] as string;
    if (!/^\d{1,4}$/.test(text)) throw new UsageError(`HOURS must be a whole number, not '${text}'.`, 'trash set');
    const { trash } = await connect();
    const after = Number(text);
    const plan = (before: number) => ({
      doing: `keep what is deleted for ${counted(after, 'hour')}, not ${counted(before, 'hour')}`,
      goes: after < before ? [`${counted(before - after, 'hour')} to undo a deletion in`] : [],
      stays: ['what was deleted before, which keeps its time'],
      back: `At any time, for what is deleted from then on: varve trash set ${before}`,
      refusals: [],
    });
    if (!(await decide(context, input, async () => plan(await trash.hours())))) return;
    const hours = await trash.setHours(after);
    console.result({ hours }, () => [`What is deleted can be brought back for ${counted(hours, 'hour')}.`]);
  },
});

/** By its id, or by a name that only one has of what was deleted. */
async function findTrashId({ trash }: Client, text: string, region: string | undefined): Promise<string> {
  if (ID.test(text)) return text;
  const found: TrashItem[] = [];
  for (const kind of KINDS) found.push(...(await trash.list(kind, { region, limit: LOOKED_AT })).nodes);
  const named = found.filter(({ name }) => name === text);
  const [only, ...others] = named;
  if (only === undefined) throw new ClientError('NotFound', `Nothing that was deleted is named '${text}'.`);
  if (others.length === 0) return only.id;
  const ids = named.map(({ id }) => id);
  const message = `${ids.length} things that were deleted are named '${text}': give an id, such as ${ids[0]}.`;
  throw new ClientError('AmbiguousName', message, { ids });
}
