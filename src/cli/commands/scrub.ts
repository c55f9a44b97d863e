import { randomUUID } from 'node:crypto';
import type { Client } from '../../client/client.ts';
import { ClientError } from '../../client/errors.ts';
import type { DamagedObject, Scrub, StartScrub } from '../../client/service/scrubs.ts';
import { sizeText } from '../../platform/size-text.ts';
import type { Command, Context, Input } from '../command.ts';
import { facts } from '../console.ts';
import { follow } from '../follow.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findDisk, findDiskId, findSnapshot } from '../lookup.ts';
import { formatSize } from '../sizes.ts';
import { type Line, line, state, toned, when } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { WATCH_OPTION } from '../watching.ts';

const SCRUB_JSON =
  '`{id, region, targetId, chainId, keyId, samplePercent, repair, status, phase, ' +
  'versionsRead, versions, objectsRead, bytesRead, ' +
  'damaged, objectsCounted, wrongCounts, mended, unsettled, findings[], createdAt, finishedAt}`';
const DAMAGE_JSON = '`{objectId, reason, isPage, foundAt, healedAt, places: [{id, offsetBytes}], placeCount}`';
const SHOWN_DAMAGES = 1000;
const SHOWN_PLACES = 5;
const SCRUB_ARG = { name: 'SCRUB', summary: 'Id of the scrub.' };

export const scrub: Command = {
  path: 'scrub',
  summary: 'Read everything back from the store, count all references again, and report what is wrong.',
  details: [
    'The service does it in the background, beside all other work. Ctrl-C leaves it running ' +
      '(scrub show, scrub cancel). It checks only length and form of encrypted blocks. disk ' +
      'verify and snapshot verify have the key, and check everything.',
    'A damaged or missing object heals with the next upload of the same content, such as ' +
      'disk import of the original as a new disk. The exit code is 5 while anything is ' +
      'damaged, or wrong and not mended.',
  ],
  args: [],
  options: [
    { name: 'disk', takes: 'text', value: 'DISK', summary: 'Only the present contents of this disk (id or name).' },
    { name: 'snapshot', takes: 'text', value: 'SNAPSHOT', summary: 'Only this snapshot (id or name).' },
    { name: 'chain', takes: 'text', value: 'DISK', summary: 'Only this disk and all of its snapshots.' },
    {
      name: 'domain',
      takes: 'text',
      value: 'KEY',
      summary: 'Only what is stored under this key. `plain` stands for all that is not encrypted.',
    },
    { name: 'sample', takes: 'text', value: 'PERCENT', summary: 'Read about this share of the blocks, such as 1%.' },
    { name: 'repair', takes: 'nothing', summary: 'Correct wrong counts in the catalogue. Needs the role ADMIN.' },
    { name: 'no-wait', takes: 'nothing', summary: 'Start it, and do not wait for its end.' },
  ],
  examples: [
    { does: 'Is everything there that should be?', line: 'varve scrub' },
    { does: 'One disk with its snapshots', line: 'varve scrub --chain web-root' },
    { does: 'A look at everything in a moment', line: 'varve scrub --sample 1%' },
  ],
  json: `${SCRUB_JSON}, and \`damagedObjects: [${DAMAGE_JSON.slice(1, -1)}]\`.`,
  run: async (context, input) => {
    const client = await context.client();
    const begun = await client.scrubs.start(await wanted(client, context, input));
    if (input.has('no-wait')) return context.console.result(begun, () => scrubLines(begun));
    const ended = await untilDone(context, client, begun);
    const found = await client.scrubs.damagedObjects({ region: ended.region, healed: false, limit: SHOWN_DAMAGES });
    const names = await namesOf(client, found.nodes);
    context.console.result({ ...ended, damagedObjects: found.nodes }, () => [
      ...scrubLines(ended),
      ...found.nodes.flatMap((damage) => damageLines(damage, names)),
    ]);
    judge(ended, found.nodes);
  },
};

async function wanted(client: Client, { region }: Context, input: Input): Promise<StartScrub> {
  const scopes = ['disk', 'snapshot', 'chain', 'domain'].filter((name) => input.has(name));
  if (scopes.length > 1) throw new UsageError(`--${scopes[0]} and --${scopes[1]} cannot be given together.`, 'scrub');
  const disk = input.text('disk');
  const snapshot = input.text('snapshot');
  const chain = input.text('chain');
  return {
    region,
    targetId:
      disk !== undefined
        ? (await findDisk(client, disk, region)).id
        : snapshot !== undefined
          ? (await findSnapshot(client, snapshot, region)).id
          : undefined,
    chainId: chain === undefined ? undefined : await findDiskId(client, chain, region),
    keyId: input.text('domain'),
    samplePercent: percentOf(input.text('sample')),
    repair: input.has('repair'),
    clientToken: randomUUID(),
  };
}

function percentOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const percent = Number(/^(\d+(?:\.\d+)?)%?$/.exec(text)?.[1]);
  if (percent > 0 && percent <= 100) return percent;
  throw new UsageError('--sample must be a percentage of more than 0, up to 100, such as 1%.', 'scrub');
}

function untilDone(context: Context, { scrubs }: Client, begun: Scrub): Promise<Scrub> {
  const { id } = begun;
  const message = `Stopped waiting. The scrub goes on: see 'varve scrub show ${id}'.`;
  return follow(context, {
    begun,
    isOver: ({ status }) => status !== 'RUNNING',
    lineOf: progressOf,
    again: async () => {
      const now = await scrubs.get(id);
      if (now !== null) return now;
      throw new ClientError('NotFound', `There is no scrub '${id}' any more.`, {});
    },
    goesOn: ({ extra }) => new ClientError('Interrupted', message, { ...extra, scrub: id }),
  });
}

function progressOf({ phase, versionsRead, versions, objectsRead, bytesRead, objectsCounted, damaged }: Scrub): string {
  const doing = {
    CONTENTS: `reading ${versionsRead} of ${versions} versions`,
    COUNTS: `counting references, ${objectsCounted} objects`,
    TRACE: 'looking for what needs the damaged objects',
  }[phase ?? 'TRACE'];
  return `${doing} · read ${objectsRead} objects, ${formatSize(bytesRead)} · ${damaged} damaged`;
}

function scrubLines(scrub: Scrub): Line[] {
  const { objectsRead, bytesRead, objectsCounted, damaged, wrongCounts, mended, unsettled, findings } = scrub;
  return [
    ...facts([
      ['scrub', line`${scrub.id}, ${state(scrub.status)}`],
      ['read', `${objectsRead} objects of ${scrub.versionsRead} versions, ${formatSize(bytesRead)}`],
      ['damaged', String(damaged)],
      ['counted', `${objectsCounted} objects, ${wrongCounts} wrong, ${mended} of these mended`],
      ['not settled', unsettled === 0 ? undefined : `${unsettled} objects, which are being changed`],
    ]),
    ...findings,
  ];
}

/** So many names are looked up; the others are shown by their ids. */
const MOST_NAMES = 100;

async function namesOf({ scrubs }: Client, damages: readonly DamagedObject[]): Promise<ReadonlyMap<string, string>> {
  const ids = new Set(damages.flatMap(({ places }) => places.slice(0, SHOWN_PLACES).map(({ id }) => id)));
  return ids.size === 0 ? new Map() : scrubs.names([...ids].slice(0, MOST_NAMES));
}

function damageLines(damage: DamagedObject, names: ReadonlyMap<string, string>): string[] {
  const { objectId, reason, isPage, placeCount } = damage;
  const what = isPage ? 'page of the block map' : 'block';
  return [
    `Damaged ${what} ${objectId} (${reason}), ` +
      `${placeCount === null ? 'found in, before any scrub looked for more' : 'needed by'}:`,
    ...placeLines(damage, names),
  ];
}

function placeLines({ places, placeCount }: DamagedObject, names: ReadonlyMap<string, string>): string[] {
  const more = (placeCount ?? 0) - SHOWN_PLACES;
  return [
    ...places.slice(0, SHOWN_PLACES).map(({ id, offsetBytes }) => {
      const name = names.get(id) ?? id;
      const shown = name === id ? id : `${id} (${name})`;
      return `  ${shown} at offset ${sizeText(offsetBytes)}`;
    }),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function judge({ wrongCounts, mended, findings }: Scrub, damages: readonly DamagedObject[]): void {
  const wrong = wrongCounts - mended;
  if (damages.length === 0 && wrong === 0 && findings.length === mended) return;
  const message = `Damaged objects: ${damages.length}; wrong counts: ${wrong}.`;
  throw new ClientError('ObjectDamaged', message, { damagedObjects: damages.length, wrongCounts: wrong });
}

export const scrubShow: Command = {
  path: 'scrub show',
  summary: 'Show the progress of a scrub, and what it found.',
  args: [SCRUB_ARG],
  options: [WATCH_OPTION],
  examples: [{ does: 'How far is it?', line: 'varve scrub show sc-01k9f0c2mz4t8v6w3x5y' }],
  json: `${SCRUB_JSON}.`,
  run: async ({ console, client: connect }, { args }) => {
    const id = args[0] as string;
    const found = await (await connect()).scrubs.get(id);
    if (found === null) throw new ClientError('NotFound', `There is no scrub '${id}'.`, { scrub: id });
    console.result(found, () => scrubLines(found));
  },
};

export const scrubCancel: Command = {
  path: 'scrub cancel',
  summary: 'End a scrub. What it found stays.',
  args: [SCRUB_ARG],
  options: [],
  examples: [{ does: 'Enough', line: 'varve scrub cancel sc-01k9f0c2mz4t8v6w3x5y' }],
  json: `${SCRUB_JSON}.`,
  run: async ({ console, client: connect }, { args }) => {
    const ended = await (await connect()).scrubs.cancel(args[0] as string);
    console.result(ended, () => scrubLines(ended));
  },
};

const LIMIT = { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 100.' } as const;
const DEFAULT_LIMIT = 100;

export const scrubList: Command = {
  path: 'scrub list',
  summary: 'List scrubs, newest first, including those that the service started by itself.',
  args: [],
  options: [LIMIT, ...LIST_OUTPUT],
  examples: [{ does: 'When was everything last looked at?', line: 'varve scrub list' }],
  json: `\`{scrubs: [scrub], more}\`, a scrub being ${SCRUB_JSON}.`,
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const { nodes, more } = await client.scrubs.list({ region, limit: input.number('limit') ?? DEFAULT_LIMIT });
    showList(console, input, { of: 'scrubs', rows: nodes, more, columns: COLUMNS, empty: EMPTY });
  },
};

const EMPTY = 'No scrubs yet. varve scrub begins one.';

const COLUMNS: readonly Column<Scrub>[] = [
  { head: 'SCRUB', cell: ({ id }) => id },
  { head: 'OF', spare: 2, cell: ({ targetId, chainId, keyId, region }) => targetId ?? chainId ?? keyId ?? region },
  { head: 'STATUS', cell: ({ status }) => state(status) },
  { head: 'READ', spare: 3, cell: ({ bytesRead }) => formatSize(bytesRead), plain: ({ bytesRead }) => bytesRead },
  { head: 'DAMAGED', cell: ({ damaged }) => String(damaged) },
  { head: 'WRONG COUNTS', spare: 4, cell: ({ wrongCounts, mended }) => String(wrongCounts - mended) },
  { head: 'BEGUN', spare: 1, cell: ({ createdAt }) => when(createdAt) },
];

export const damageList: Command = {
  path: 'damage list',
  summary: 'List damaged objects, with the disks and snapshots that need them.',
  args: [],
  options: [
    { name: 'healed', takes: 'nothing', summary: 'Include objects that are whole again.' },
    LIMIT,
    ...LIST_OUTPUT,
  ],
  examples: [{ does: 'Is anything damaged?', line: 'varve damage list' }],
  json: `\`{damagedObjects: [${DAMAGE_JSON.slice(1, -1)}], more}\`.`,
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const limit = input.number('limit') ?? DEFAULT_LIMIT;
    const { nodes, more } = await client.scrubs.damagedObjects({ region, healed: input.has('healed'), limit });
    const names = await namesOf(client, nodes);
    const empty = 'Nothing is known to be damaged. varve scrub reads everything back.';
    showList(console, input, {
      ...{ of: 'damagedObjects', rows: nodes, more, columns: DAMAGE_COLUMNS, empty },
      below: (damage) => placeLines(damage, names),
    });
  },
};

const DAMAGE_COLUMNS: readonly Column<DamagedObject>[] = [
  { head: 'OBJECT', isCut: true, cell: ({ objectId }) => objectId },
  { head: 'KIND', spare: 3, cell: ({ isPage }) => (isPage ? 'page' : 'block') },
  { head: 'REASON', isCut: true, cell: ({ reason }) => reason },
  {
    head: 'PLACES',
    spare: 4,
    cell: ({ placeCount }) => String(placeCount ?? '-'),
    plain: ({ placeCount }) => placeCount,
  },
  { head: 'FOUND', spare: 2, cell: ({ foundAt }) => when(foundAt) },
  {
    head: 'HEALED',
    cell: ({ healedAt }) => (healedAt === null ? toned('danger', 'no') : when(healedAt)),
    plain: ({ healedAt }) => healedAt,
  },
];
