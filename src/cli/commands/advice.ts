import type { DiskAdvice, ForgottenSnapshot, UnprotectedDisk } from '../../client/service/advice.ts';
import type { Command, Context, Input, OptionSpec } from '../command.ts';
import { table } from '../console.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { findDiskId } from '../lookup.ts';
import { formatSize } from '../sizes.ts';
import { when } from '../text.ts';
import { UsageError } from '../usage-error.ts';

const DEFAULT_LIMIT = 100;
const MOST_PRICE = 2 ** 30;
const ADVICE_JSON =
  '{disk{id name}, purpose{purpose tag everyDays keepDays}, totalStoredBytes, storedBytes, ' +
  'changes: [{ageHours pairs changedBytes changedStoredBytes}], options: [{option hours weekdays ' +
  'retentionDays worstLossHours snapshotCount storedBytes addedBytesPerDay cost savedBytes ' +
  'savedCost measured}]}';

const PRICE_OPTION: OptionSpec = {
  name: 'price',
  takes: 'count',
  value: 'PRICE',
  summary:
    'Price of a GiB for a month, in millionths of the smallest unit of your currency, at most ' +
    `${MOST_PRICE}. 2000000 is 2 cents. Default: the price in the region.`,
};
const LIMIT_OPTION: OptionSpec = {
  name: 'limit',
  takes: 'count',
  value: 'NUMBER',
  summary: `The most to list. Default: ${DEFAULT_LIMIT}.`,
};

/** What an amount in millionths of the smallest unit is in that unit, with two places. */
function money(cost: number | null): string {
  if (cost === null) return '-';
  const hundredths = Math.round(Math.abs(cost) / 10_000);
  return `${cost < 0 ? '-' : ''}${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
}

const size = (bytes: number | null): string =>
  bytes === null ? 'unknown' : bytes < 0 ? `-${formatSize(-bytes)}` : formatSize(bytes);

function requestOf({ region }: Context, input: Input, command: string) {
  const pricePerGibMonth = input.number('price');
  if ((pricePerGibMonth ?? 0) > MOST_PRICE) throw new UsageError(`--price is ${MOST_PRICE} at most.`, command);
  return { region, pricePerGibMonth, limit: input.number('limit') ?? DEFAULT_LIMIT };
}

export const advice: Command = {
  path: 'advice',
  summary: 'Show what snapshots will cost under their policies, and what sparser ones would save.',
  details: [
    'It is concluded from what really changed between the snapshots of each disk. STORED is what ' +
      'all snapshots take one retention after the policy began. LOSS is the most that is lost: ' +
      'the time between two runs. A ~ says that some interval was not measured, but concluded ' +
      'from others.',
    'The tag purpose of a disk (core, other, system, upgrade, test) decides what is advised.',
  ],
  args: [
    {
      name: 'DISK',
      summary: 'Id or name of a disk. Without it: all disks of the region.',
      optional: true,
    },
  ],
  options: [PRICE_OPTION, LIMIT_OPTION],
  examples: [
    { does: 'One disk', line: 'varve advice web-root' },
    { does: 'All disks, at 2 cents for a GiB', line: 'varve advice --price 2000000' },
  ],
  json: `\`{disks: [${ADVICE_JSON}], more}\`: \`more\` says that the limit left some out.`,
  run: async (context, input) => {
    const { console, region } = context;
    const { limit, ...request } = requestOf(context, input, 'advice');
    const client = await context.client();
    const [word] = input.args;
    const { nodes, more } =
      word === undefined
        ? await client.advice.ofRegion({ ...request, limit })
        : {
            nodes: [await client.advice.ofDisk(await findDiskId(client, word, region), request.pricePerGibMonth)],
            more: false,
          };
    if (more) console.note('There are more: raise --limit.');
    console.result({ disks: nodes, more }, () =>
      nodes.length === 0 ? ['No disks. varve disk create makes one.'] : nodes.flatMap(adviceLines),
    );
  },
};

function adviceLines({ disk, purpose, storedBytes, options }: DiskAdvice, at: number): string[] {
  const rows = options.map((one) => [
    one.option,
    `${one.weekdays.length * one.hours.length} a week`,
    one.retentionDays === null ? 'for ever' : `${one.retentionDays} days`,
    `${one.worstLossHours} h`,
    one.snapshotCount === null ? '-' : String(one.snapshotCount),
    `${one.storedBytes === null || one.measured ? '' : '~'}${size(one.storedBytes)}`,
    one.savedBytes === null ? '-' : size(one.savedBytes),
    money(one.cost),
    money(one.savedCost),
  ]);
  return [
    ...(at === 0 ? [] : ['']),
    `${disk.name} (${disk.id}), ${purpose.purpose}: ${size(storedBytes)} stored now.`,
    ...(options.some(({ option }) => option === 'CURRENT') ? [] : ['It is under no policy.']),
    ...(rows.length === 0
      ? []
      : table(['POLICY', 'RUNS', 'KEPT', 'LOSS', 'SNAPSHOTS', 'STORED', 'SAVES', 'COST', 'SAVES'], rows)),
  ];
}

export const adviceUnprotected: Command = {
  path: 'advice unprotected',
  summary: 'List disks that are under no policy, with what their release would free.',
  args: [],
  options: [PRICE_OPTION, LIMIT_OPTION, ...LIST_OUTPUT],
  examples: [{ does: 'Disks that nothing protects', line: 'varve advice unprotected' }],
  json:
    '`{disks: [{disk{id name sizeBytes}, purpose, newestSnapshot{id createdAt}, freedBytes, ' +
    'freedCost}], more}`: `more` says that the limit left some out.',
  run: async (context, input) => {
    const client = await context.client();
    const { nodes, more } = await client.advice.unprotected(requestOf(context, input, 'advice unprotected'));
    const empty = 'Every disk is under a policy.';
    showList(context.console, input, { of: 'disks', rows: nodes, more, columns: UNPROTECTED, empty });
  },
};

const UNPROTECTED: readonly Column<UnprotectedDisk>[] = [
  { head: 'ID', cell: ({ disk }) => disk.id },
  { head: 'NAME', isCut: true, cell: ({ disk }) => disk.name },
  { head: 'PURPOSE', spare: 3, cell: ({ purpose }) => purpose.purpose },
  {
    head: 'NEWEST SNAPSHOT',
    spare: 1,
    cell: ({ newestSnapshot }) => when(newestSnapshot?.createdAt, 'none'),
  },
  { head: 'FREES', cell: ({ freedBytes }) => size(freedBytes), plain: ({ freedBytes }) => freedBytes },
  { head: 'COST', spare: 2, cell: ({ freedCost }) => money(freedCost) },
];

export const adviceForgotten: Command = {
  path: 'advice forgotten',
  summary: 'List snapshots that nobody needs any more, with what their deletion would free.',
  details: [
    'They are older than is advised for their purpose, have no retention, and no disk or image ' +
      'was made of them. The newest snapshot of a disk is never among them.',
    'Several together can free more than the sum: what only they share. varve snapshot delete ' +
      'asks first, and shows it.',
  ],
  args: [],
  options: [PRICE_OPTION, LIMIT_OPTION, ...LIST_OUTPUT],
  examples: [
    { does: 'What can go', line: 'varve advice forgotten' },
    { does: 'Their ids alone', line: "varve advice forgotten --json | jq -r '.snapshots[].snapshot.id'" },
  ],
  json:
    '`{snapshots: [{snapshot{id name createdAt sourceDisk{id}}, purpose, ageDays, freedBytes, ' +
    'freedCost}], more}`: `more` says that the limit left some out.',
  run: async (context, input) => {
    const client = await context.client();
    const { nodes, more } = await client.advice.forgotten(requestOf(context, input, 'advice forgotten'));
    const empty = 'No snapshot is older than is advised.';
    showList(context.console, input, { of: 'snapshots', rows: nodes, more, columns: FORGOTTEN, empty });
  },
};

const FORGOTTEN: readonly Column<ForgottenSnapshot>[] = [
  { head: 'ID', cell: ({ snapshot }) => snapshot.id },
  { head: 'NAME', isCut: true, cell: ({ snapshot }) => snapshot.name },
  { head: 'DISK', spare: 4, cell: ({ snapshot }) => snapshot.sourceDisk.id },
  { head: 'PURPOSE', spare: 3, cell: ({ purpose }) => purpose.purpose },
  { head: 'AGE', spare: 1, cell: ({ ageDays }) => `${ageDays} days`, plain: ({ ageDays }) => ageDays },
  { head: 'FREES', cell: ({ freedBytes }) => size(freedBytes), plain: ({ freedBytes }) => freedBytes },
  { head: 'COST', spare: 2, cell: ({ freedCost }) => money(freedCost) },
];
