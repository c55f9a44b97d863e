import type { Capacity } from '../../client/service/capacity.ts';
import { isCalendarDay } from '../../platform/clock.ts';
import { barChart } from '../chart.ts';
import type { Command } from '../command.ts';
import { facts } from '../console.ts';
import { formatSize } from '../sizes.ts';
import type { Line } from '../text.ts';
import { UsageError } from '../usage-error.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 15;
const MOST_SAMPLES = 400 * 24;
const MARGIN = 12; // for the scale beside the bars
const WIDEST = 96;
const NARROWEST = 20;
const HEIGHT = 8;

export const usage: Command = {
  path: 'usage',
  summary: 'Show how much space everything in the region takes, now and over time.',
  details: [
    'Logical: the own blocks of all disks, snapshots and images, as plain bytes. ' +
      'Deduplicated: each different block once. Stored: the deduplicated blocks as compressed, ' +
      'with the block maps.',
    'There is one sample each hour, kept for 400 days. The bars show stored bytes.',
  ],
  args: [],
  options: [
    {
      name: 'from',
      takes: 'text',
      value: 'DATE',
      summary: 'Begin here: a date such as 2026-01-31, or an instant. Default: 15 days ago.',
    },
    { name: 'to', takes: 'text', value: 'DATE', summary: 'End here. Default: now.' },
    { name: 'ascii', takes: 'nothing', summary: 'Draw with # only.' },
  ],
  examples: [
    { does: 'The last 15 days', line: 'varve usage' },
    { does: 'A quarter, for a script', line: 'varve usage --from 2026-01-01 --to 2026-04-01 --json' },
  ],
  json:
    '`{now{region at logicalBytes deduplicatedBytes storedBytes waitingBytes}, from, to, ' +
    'samples: [{…as now}], more}`, the earliest ' +
    'sample first.',
  run: async ({ console, client: connect, region }, input) => {
    const to = instant('to', input.text('to')) ?? Date.now();
    const from = instant('from', input.text('from')) ?? to - DEFAULT_DAYS * DAY_MS;
    if (from >= to) throw new UsageError('--from must be before --to.', 'usage');
    const client = await connect();
    const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    const [now, { nodes, more }] = [
      await client.capacity.now(region),
      await client.capacity.history({ region, ...span, limit: MOST_SAMPLES }),
    ];
    const unicode =
      !input.has('ascii') && /utf-?8/i.test(process.env.LC_ALL || process.env.LC_CTYPE || process.env.LANG || '');
    console.result({ now, ...span, samples: nodes, more }, () => [
      ...factsOf(now),
      '',
      ...chart(nodes, { from, to, unicode }),
    ]);
  },
};

export function instant(option: string, text: string | undefined, command = 'usage'): number | undefined {
  if (text === undefined) return undefined;
  const isDated = /^\d{4}-\d\d-\d\d(T.+)?$/.test(text) && isCalendarDay(text.slice(0, 10));
  const at = isDated ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(at)) return at;
  throw new UsageError(
    `--${option} must be a date such as 2026-01-31, or an instant such as 2026-01-31T08:00:00Z.`,
    command,
  );
}

function factsOf({ region, logicalBytes, deduplicatedBytes, storedBytes, waitingBytes }: Capacity): Line[] {
  return facts([
    ['Region', region],
    ['Logical', formatSize(logicalBytes)],
    ['Deduplicated', formatSize(deduplicatedBytes)],
    ['Stored', formatSize(storedBytes)],
    ['To be freed', waitingBytes === 0 ? undefined : formatSize(waitingBytes)],
  ]);
}

interface Drawing {
  readonly from: number;
  readonly to: number;
  readonly unicode: boolean;
}

const HOUR_MS = 3_600_000;

/** A sample may still come only in the hour that is under way. */
function emptyText(from: number, to: number): string {
  const now = Date.now();
  if (from > now) return 'No samples: this time has not come yet.';
  if (to < now - HOUR_MS) return 'There are no samples of this time.';
  return 'No samples of this time yet: the first comes within the hour.';
}

function chart(samples: readonly Capacity[], { from, to, unicode }: Drawing): string[] {
  if (samples.length === 0) return [emptyText(from, to)];
  const width = Math.min(Math.max((process.stdout.columns ?? 80) - MARGIN, NARROWEST), WIDEST);
  const points = samples.map(({ at, storedBytes }) => ({ atMs: Date.parse(at), value: storedBytes }));
  const bars = barChart(points, from, to, { width, height: HEIGHT, unicode });
  const top = formatSize(Math.max(...points.map(({ value }) => value)));
  const [left, right] = [from, to].map((at) => new Date(at).toISOString().slice(0, 10)) as [string, string];
  const scale = (at: number): string => (at === 0 ? top : at === bars.length - 1 ? '0 B' : '').padStart(MARGIN - 2);
  return [
    ...bars.map((bar, at) => `${scale(at)} ${unicode ? '│' : '|'}${bar}`.trimEnd()),
    `${' '.repeat(MARGIN)}${left}${right.padStart(Math.max(width - left.length, right.length + 1))}`,
  ];
}
