import type { AuditFilter, AuditRecord } from '../../client/service/audit.ts';
import type { AuditOutcome } from '../../generated/operations.ts';
import type { Command, Input, OptionSpec } from '../command.ts';
import { csvField } from '../csv.ts';
import { type Column, LIST_OUTPUT, showList } from '../listing.ts';
import { state, whenExactly } from '../text.ts';
import { UsageError } from '../usage-error.ts';
import { visibleJson } from '../visible.ts';
import { instant } from './usage.ts';

const OUTCOMES: readonly AuditOutcome[] = ['ALLOWED', 'REFUSED', 'FAILED'];

const FILTERS: readonly OptionSpec[] = [
  {
    name: 'from',
    takes: 'text',
    value: 'DATE',
    summary: 'Begin here: a date such as 2026-01-31, or an instant. Default: with the first record.',
  },
  { name: 'to', takes: 'text', value: 'DATE', summary: 'End before this. Default: now.' },
  {
    name: 'action',
    takes: 'text',
    value: 'NAME',
    summary: 'Only this mutation, such as deleteSnapshots, or another action by its name.',
  },
  { name: 'subject', takes: 'text', value: 'ID', summary: 'Only what names this id.' },
  {
    name: 'actor',
    takes: 'text',
    value: 'KEY',
    summary: 'Only what this API key did, by its id; or operator, or service.',
  },
  {
    name: 'outcome',
    takes: 'text',
    value: 'OUTCOME',
    summary: `Only what came out so: ${OUTCOMES.join(', ')}.`,
    choices: OUTCOMES,
  },
];

const KEPT = 'Records are kept for 400 days and never change. They need a key with the role ADMIN.';
const RECORD_JSON =
  'a record: `id at actorKind actor session action outcome code reason subjects address ' + 'userAgent requestId`.';

function filterOf(input: Input, command: string): AuditFilter {
  const [from, to] = (['from', 'to'] as const).map((name) => instant(name, input.text(name), command));
  if (from !== undefined && to !== undefined && from >= to)
    throw new UsageError('--from must be before --to.', command);
  return {
    from: from === undefined ? null : new Date(from).toISOString(),
    to: to === undefined ? null : new Date(to).toISOString(),
    action: input.text('action') ?? null,
    subject: input.text('subject') ?? null,
    actor: input.text('actor') ?? null,
    outcome: input.choice('outcome', OUTCOMES) ?? null,
  };
}

export const auditList: Command = {
  path: 'audit list',
  summary: 'Show who did what to the account, the latest first.',
  details: [
    KEPT,
    'Each call that changes something has a record, also if it was refused, and each deletion ' +
      'by the service itself. Writing blocks leaves one record an hour for each disk and key.',
  ],
  args: [],
  options: [
    ...FILTERS,
    { name: 'limit', takes: 'count', value: 'NUMBER', summary: 'The most to list. Default: 100.' },
    ...LIST_OUTPUT,
  ],
  examples: [
    { does: 'What happened last?', line: 'varve audit list' },
    { does: 'Who deleted this snapshot?', line: 'varve audit list --subject s-1k9f0c2mz4t8v6w3x5y7' },
    { does: 'What was refused this year?', line: 'varve audit list --outcome REFUSED --from 2026-01-01' },
  ],
  json: `\`{records: [record], more}\`; ${RECORD_JSON}`,
  run: async ({ console, client: connect }, input) => {
    const filter = filterOf(input, 'audit list');
    const { nodes, more } = await (await connect()).audit.list(filter, input.number('limit') ?? 100);
    const empty = 'No records. Each call that changes something leaves one.';
    showList(console, input, { of: 'records', rows: nodes, more, columns: LISTED, empty });
  },
};

const LISTED: readonly Column<AuditRecord>[] = [
  { head: 'AT', cell: ({ at }) => whenExactly(at) },
  { head: 'ACTOR', isCut: true, cell: ({ actor }) => actor },
  { head: 'FROM', spare: 3, cell: ({ address }) => address ?? '-', plain: ({ address }) => address },
  { head: 'ACTION', isCut: true, cell: ({ action }) => action },
  { head: 'OUTCOME', cell: ({ outcome }) => state(outcome) },
  {
    head: 'REASON',
    spare: 1,
    cell: ({ code, reason }) => code ?? reason ?? '',
    plain: ({ code, reason }) => code ?? reason,
  },
  { head: 'ON', spare: 2, cell: ({ subjects }) => subjects.join(' ') },
];

export const auditExport: Command = {
  path: 'audit export',
  summary: 'Print who did what to the account, a record a line, as JSON or CSV.',
  details: [
    KEPT,
    'In CSV, text that a spreadsheet would take for a formula has an apostrophe in front; JSON ' + 'has it as it is.',
  ],
  args: [],
  options: [
    ...FILTERS,
    {
      name: 'format',
      takes: 'text',
      value: 'FORMAT',
      choices: ['jsonl', 'csv'],
      summary: 'jsonl or csv. Default: jsonl.',
    },
  ],
  examples: [
    { does: 'A year, for the archive', line: 'varve audit export --from 2026-01-01 --to 2027-01-01 > audit.jsonl' },
    { does: 'For a spreadsheet', line: 'varve audit export --format csv > audit.csv' },
  ],
  json: `a line for each, the latest first: ${RECORD_JSON}`,
  run: async ({ console, client: connect }, input) => {
    const filter = filterOf(input, 'audit export');
    const isCsv = input.choice('format', ['jsonl', 'csv']) === 'csv' && !console.json;
    const { audit } = await connect();
    if (isCsv) console.print([COLUMNS.join(',')]);
    for await (const records of audit.pages(filter))
      for (const record of records) console.print([isCsv ? csvLine(record) : visibleJson(JSON.stringify(record))]);
  },
};

const COLUMNS = [
  ...(['id', 'at', 'actorKind', 'actor', 'action', 'outcome', 'code', 'reason', 'subjects'] as const),
  ...(['address', 'userAgent', 'requestId'] as const),
];

function csvLine(record: AuditRecord): string {
  return COLUMNS.map((name) => {
    const value = record[name];
    return csvField(typeof value === 'string' ? value : (value ?? []).join(' '));
  }).join(',');
}
