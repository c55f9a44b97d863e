import type { TagObjective } from '../../client/service/watch.ts';
import { asking, decide } from '../asking/decide.ts';
import type { Command } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findDiskId } from '../lookup.ts';
import { counted } from '../sizes.ts';
import { UsageError } from '../usage-error.ts';
import { parseTags } from './tags.ts';
import { PROTECTION_JSON, protectionLine } from './watch.ts';

const HOURS_ARG = { name: 'HOURS', summary: 'How old the newest usable snapshot may be, 1–87600 hours.' };
const TAG_ARG = { name: 'KEY=VALUE', summary: 'The tag. KEY alone is a tag without a value.' };

function parseHours(text: string, path: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new UsageError(`HOURS '${text}' must be a whole number of hours.`, path);
  return Number(text);
}

export const diskObjective: Command = {
  path: 'disk objective',
  summary: 'Set how old the newest snapshot of a disk may be, or show it.',
  details: [
    'The strictest of its own objective and those of its tags holds (varve objective set). See varve watch.',
    'Without HOURS and without an option it shows how the disk stands.',
  ],
  args: [
    { name: 'DISK', summary: 'Id or name of the disk.' },
    { ...HOURS_ARG, optional: true },
  ],
  options: [
    { name: 'default', takes: 'nothing', summary: 'Take its own objective away. That of its tags or policy holds.' },
    { name: 'none', takes: 'nothing', summary: 'Do not watch it, whatever its tags and its policy say.' },
  ],
  examples: [
    { does: 'At most a day old', line: 'varve disk objective web-data 24' },
    { does: 'Nobody would miss it', line: 'varve disk objective build-cache --none' },
  ],
  json: `${PROTECTION_JSON}.`,
  run: async ({ console, client: connect, region }, input) => {
    const path = 'disk objective';
    const [disk, hours] = input.args;
    const wishes = [hours !== undefined, input.has('default'), input.has('none')].filter(Boolean).length;
    if (wishes > 1) throw new UsageError('Give HOURS, --default or --none: one of them.', path);
    const given = hours === undefined ? undefined : parseHours(hours, path);
    const client = await connect();
    const diskId = await findDiskId(client, disk as string, region);
    const wanted = given === undefined ? { exempt: input.has('none') } : { hours: given };
    const found =
      wishes === 0 ? await client.watch.ofDisk(diskId) : (await client.watch.set({ diskId, ...wanted })).disk;
    console.result(found, () => (found === null ? [`There is no disk '${disk}'.`] : [protectionLine(found)]));
  },
};

export const objectiveSet: Command = {
  path: 'objective set',
  summary: 'Set how old the newest snapshots of all disks with a tag may be.',
  details: ['It holds for disks of one region, also for those that get the tag later. At most 100 tags can have one.'],
  args: [TAG_ARG, HOURS_ARG],
  options: [],
  examples: [{ does: 'At most four hours old', line: 'varve objective set tier=gold 4' }],
  json: '`{key, value, hours}`.',
  run: async ({ console, client: connect, region }, { args }) => {
    const [text = '', hours = ''] = args;
    const wanted = parseHours(hours, 'objective set');
    const client = await connect();
    const [tag] = parseTags([text]);
    const { tagObjective } = await client.watch.set({ tag, region, hours: wanted });
    console.result(tagObjective, () => [`Disks with ${text}: ${counted(wanted, 'hour')}.`]);
  },
};

export const objectiveList: Command = {
  path: 'objective list',
  summary: 'List the objectives that tags have.',
  args: [],
  options: [...LIST_OUTPUT],
  examples: [{ does: 'All of them', line: 'varve objective list' }],
  json: '`{objectives: [{key, value, hours}]}`.',
  run: async ({ console, client: connect, region }, input) => {
    const client = await connect();
    const { nodes } = await client.watch.tagObjectives(region);
    const empty = 'No tag has an objective. varve objective set gives one.';
    showList(console, input, { of: 'objectives', rows: nodes, columns: COLUMNS, empty });
  },
};

const COLUMNS: readonly Column<TagObjective>[] = [
  { head: 'TAG', isCut: true, cell: ({ key, value }) => `${key}=${value}` },
  { head: 'HOURS', cell: ({ hours }) => String(hours) },
];

const watchText = ({ hours }: TagObjective) => `the watch over its disks: ${counted(hours, 'hour')}`;

export const objectiveRemove: Command = asking({
  path: 'objective remove',
  summary: 'Take the objective of a tag away.',
  args: [TAG_ARG],
  options: [],
  examples: [{ does: 'One tag', line: 'varve objective remove tier=gold' }],
  json: '`{key, value}`.',
  run: async (context, input) => {
    const { console, client: connect, region } = context;
    const [text = ''] = input.args;
    const client = await connect();
    const [tag] = parseTags([text]);
    const plan = async () => {
      const { nodes } = await client.watch.tagObjectives(region);
      const found = nodes.find(({ key, value }) => key === tag?.key && value === tag.value);
      return {
        doing: `take the objective of ${text} away`,
        goes: found === undefined ? [] : [watchText(found)],
        stays: ['the disks, and the objectives that each has of its own'],
        back: `At any time: varve objective set ${text} ${found?.hours ?? 'HOURS'}`,
        refusals: [],
      };
    };
    if (!(await decide(context, input, plan))) return;
    await client.watch.set({ tag, region });
    console.result(tag, () => [`Disks with ${text} have no objective by it.`]);
  },
});
