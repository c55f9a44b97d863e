import { setTimeout as sleep } from 'node:timers/promises';
import type { EventFilter, Events, HappenedEvent } from '../../client/service/events.ts';
import type { Command, Context } from '../command.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { type Line, line, whenExactly } from '../text.ts';
import { UsageError } from '../usage-error.ts';

/** Options of a list that is printed once. */
const ONCE = ['watch', 'csv', 'jsonl', 'columns', 'wide', 'no-header'] as const;
const POLL_MS = 1_000;
const EVENT_JSON = 'an event: `id type at region subject{kind id} data{}`';

const COLUMNS: readonly Column<HappenedEvent>[] = [
  { head: 'AT', cell: ({ at }) => whenExactly(at) },
  { head: 'TYPE', isCut: true, cell: ({ type }) => type },
  { head: 'SUBJECT', isCut: true, cell: ({ subject }) => subject.id },
  { head: 'DATA', isCut: true, cell: ({ data }) => dataText(data) },
];

/** In one line: when, what, about what, and the rest as name=value. */
function lineOf({ at, type, subject, data }: HappenedEvent): Line {
  return line`${whenExactly(at)}  ${[type, subject.id, dataText(data)].join('  ').trimEnd()}`;
}

function dataText(data: HappenedEvent['data']): string {
  const known = Object.entries(data).flatMap(([name, value]) => (value === null ? [] : [`${name}=${textOf(value)}`]));
  return known.join('  ');
}

function textOf(value: unknown): string {
  const text = String(value);
  return /\s/.test(text) || text === '' ? JSON.stringify(text) : text;
}

export const events: Command = {
  path: 'events',
  summary: 'Show what has happened: the last events of the account, and with --follow those that come.',
  details: [
    'Events are kept for 90 days. docs/events.md lists their types. No event is left out and none ' +
      'shown twice, but those of about the same time can come in another order.',
    '--follow goes on until Ctrl-C. With --json each event is one line then.',
  ],
  args: [],
  options: [
    { name: 'follow', takes: 'nothing', summary: 'Go on with the events that come.' },
    {
      name: 'type',
      takes: 'text',
      value: 'TYPE',
      repeated: true,
      summary: 'Only events of this type, such as copy.failed. Can be repeated.',
    },
    { name: 'subject', takes: 'text', value: 'ID', summary: 'Only events about the object with this id.' },
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most of the past to show. Default: 50.' },
    ...LIST_OUTPUT,
  ],
  examples: [
    { does: 'What has happened lately?', line: 'varve events' },
    { does: 'Wait for trouble', line: 'varve events --follow --type copy.failed --type damage.found' },
  ],
  json: `\`{events: [event], more}\`, the oldest first; with \`--follow\` ${EVENT_JSON} on each line.`,
  run: async (context, input) => {
    const { console } = context;
    const client = (await context.client()).events;
    const types = input.texts('type');
    const filter: EventFilter = { ...(types.length > 0 && { types }), subject: input.text('subject') };
    const other = input.has('follow') ? ONCE.find((name) => input.has(name)) : undefined;
    if (other !== undefined) throw new UsageError(`Give --follow or --${other}, not both.`, 'events');
    const end = input.has('follow') ? await client.end() : null;
    const { nodes, more } = await client.newest(filter, input.number('limit') ?? 50);
    const shown = nodes.toReversed();
    if (input.has('follow')) return follow(context, client, { filter, shown, after: end });
    const empty = 'No events. Disks, snapshots and policies make some (docs/events.md).';
    showList(console, input, { of: 'events', rows: shown, more, columns: COLUMNS, empty });
  },
};

interface From {
  readonly filter: EventFilter;
  readonly shown: readonly HappenedEvent[];
  /** Before what is shown was asked for: what has come meanwhile is in both. */
  readonly after: string | null;
}

/** Ctrl-C is the way to end it, and no failure. */
async function follow({ console, signal }: Context, client: Events, from: From): Promise<void> {
  const show = (event: HappenedEvent) => console.announce(event, () => [lineOf(event)]);
  for (const event of from.shown) show(event);
  const known = new Set(from.shown.map(({ id }) => id));
  let after = from.after;
  try {
    for (;;) {
      const page = await client.since(from.filter, after);
      for (const event of page.events) if (!known.has(event.id)) show(event);
      after = page.after;
      if (!page.more) await sleep(POLL_MS, undefined, { signal });
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
