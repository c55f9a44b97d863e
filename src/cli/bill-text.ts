import type { Statement, StatementLine } from '../client/service/money.ts';
import { table } from './console.ts';
import { csvLines } from './csv.ts';
import { formatMoney, gibMonths } from './money.ts';
import { type Line, line, when } from './text.ts';

/** The lines of one region. */
export interface RegionLines {
  readonly region: string;
  readonly lines: readonly StatementLine[];
}

/** As a statement has it if no price was ever set. */
const NO_CURRENCY = 'XXX';

/** A statement for people. */
export function billText(statement: Statement, regions: readonly RegionLines[], tagKey: string | undefined): Line[] {
  const { month, currency, closedAt, hoursInMonth, total, corrections } = statement;
  const hasPrices = currency !== NO_CURRENCY;
  const money = (amount: string) => (hasPrices ? formatMoney(amount, currency) : '-');
  const months = (byteHours: string) => gibMonths(byteHours, hoursInMonth);
  const rows = statement.regions.flatMap((one) => [
    [`Region ${one.region}`, months(one.byteHours), money(one.amount)],
    ...one.packages.map((p) => [`  package ${p.id}, ${p.gib} GiB`, months(p.byteHours), 'prepaid']),
    ...one.prices.map((p) => [`  at ${money(p.perGibMonth)} from ${p.from.slice(0, 10)}`, months(p.byteHours), '']),
    ...(one.unpricedByteHours === '0' ? [] : [['  without a price', months(one.unpricedByteHours), '']]),
    ...(regions.find(({ region }) => region === one.region)?.lines ?? []).map((line) => [
      `  ${nameOf(line, tagKey)}`,
      months(line.byteHours),
      money(line.amount),
    ]),
  ]);
  const missing = statement.regions.reduce((sum, { missingHours }) => sum + missingHours, 0);
  const notSampled = `${missing} hours were not sampled: each took the sample before it.`;
  return [
    line`${month}, ${closedAt === null ? 'not closed: as of now' : line`closed ${when(closedAt)}`}`,
    '',
    ...table(
      ['WHAT', 'GIB-MONTHS', hasPrices ? currency : 'COST'],
      [
        ...rows,
        ...corrections.map(({ ofMonth, region, amount }) => [`Correction of ${ofMonth}, ${region}`, '', money(amount)]),
        ['Total', '', money(total)],
      ],
    ),
    ...(hasPrices ? [] : ['', 'There are no prices yet. The operator sets them: varve price set.']),
    ...(missing === 0 ? [] : ['', notSampled]),
  ];
}

function nameOf({ kind, id, tagValue }: StatementLine, tagKey: string | undefined): string {
  if (kind === 'TAG') return `${tagKey}=${tagValue}`;
  if (kind === 'UNTAGGED') return `without ${tagKey}`;
  if (kind === 'OTHER') return 'other';
  return `${kind === 'CHAIN' ? 'chain' : 'image'} ${id}`;
}

/** One row for each line and correction; the amounts add up to the total. */
export function billCsv(statement: Statement, regions: readonly RegionLines[], tagKey: string | undefined): string[] {
  const { month, currency, hoursInMonth, corrections } = statement;
  const head = [
    ...['month', 'region', 'kind', 'id', 'tag_key', 'tag_value'],
    ...['byte_hours', 'gib_months', 'currency', 'amount'],
  ];
  const lines = regions.flatMap(({ region, lines: all }) =>
    all.map(({ kind, id, tagValue, byteHours, amount }) => [
      ...[month, region, kind, id ?? '', tagKey ?? '', tagValue ?? '', byteHours, gibMonths(byteHours, hoursInMonth)],
      ...[currency, formatMoney(amount, currency)],
    ]),
  );
  const corrected = corrections.map(({ ofMonth, region, amount }) => [
    ...[ofMonth, region, 'CORRECTION', '', '', '', '', '', currency, formatMoney(amount, currency)],
  ]);
  return csvLines(head, [...lines, ...corrected]);
}
