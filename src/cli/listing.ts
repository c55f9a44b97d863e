import type { Input, OptionSpec } from './command.ts';
import { type Console, table } from './console.ts';
import { csvLines } from './csv.ts';
import { cutTo, textWidth } from './text-width.ts';
import { UsageError } from './usage-error.ts';
import { visibleJson } from './visible.ts';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string;
  /** What CSV has instead: bytes for `2.00 GiB`, the whole instant for its minute. */
  readonly plain?: (row: Row) => string | number | null;
  /** A terminal that is too narrow goes without it, the highest number first. Absent: never. */
  readonly spare?: number;
  /** Is cut where a terminal is too narrow all the same. */
  readonly isCut?: boolean;
}

export interface Listing<Row extends object> {
  /** Field of the rows in JSON. */
  readonly of: string;
  readonly rows: readonly Row[];
  /** The limit left some out. Absent: nothing limits the list. */
  readonly more?: boolean;
  readonly columns: readonly Column<Row>[];
  /** Instead of a table without rows. */
  readonly empty: string;
}

/** The options of every command that lists. */
export const LIST_OUTPUT: readonly OptionSpec[] = [
  { name: 'wide', takes: 'nothing', summary: 'Show all columns whole, however narrow the terminal is.' },
  {
    name: 'columns',
    takes: 'text',
    value: 'NAMES',
    summary: 'Only these columns, in this order, such as id,name. A wrong one tells which there are.',
  },
  { name: 'no-header', takes: 'nothing', summary: 'Leave out the line with the names of the columns.' },
  { name: 'csv', takes: 'nothing', summary: 'Print CSV: sizes in bytes, and instants whole.' },
  { name: 'jsonl', takes: 'nothing', summary: 'Print the JSON of each row on a line of its own.' },
];

const FORMS = ['json', 'jsonl', 'csv'] as const;
/** A column that is cut keeps so much. */
const LEAST_COLUMNS = 12;
const GAP_COLUMNS = 2;

/** Prints a list as the options of {@link LIST_OUTPUT} say, and notes that there is more. */
export function showList<Row extends object>(console: Console, input: Input, list: Listing<Row>): void {
  const { of, rows, more } = list;
  const [form, other] = FORMS.filter((name) => input.has(name));
  if (other !== undefined) throw new UsageError(`Give --${form} or --${other}, not both.`);
  const chosen = chosenColumns(list.columns, input.text('columns'));
  const isBare = input.has('no-header');
  const from = isBare ? 1 : 0;
  if (more === true) console.note('There are more: raise --limit.');
  if (form === 'jsonl') console.print(rows.map((row) => visibleJson(JSON.stringify(row))));
  else if (form === 'csv') console.print(csv(chosen, rows).slice(from));
  else {
    console.result({ [of]: rows, ...(more !== undefined && { more }) }, () => {
      if (rows.length === 0) return [list.empty].slice(from);
      const isWhole = input.has('wide') || input.has('columns') || console.columns === undefined;
      // Without their heads, columns are as wide as what is in them.
      const shown = isBare ? chosen.map((column) => ({ ...column, head: '' })) : chosen;
      return (isWhole ? tableOf(shown, rows) : fitted(shown, rows, console.columns)).slice(from);
    });
  }
}

/** `OWN DATA` is called `own-data`. */
const nameOf = ({ head }: { readonly head: string }) => head.toLowerCase().replaceAll(/[^a-z]+/g, '-');

function chosenColumns<Row>(all: readonly Column<Row>[], names: string | undefined): readonly Column<Row>[] {
  if (names === undefined) return all;
  return names.split(',').map((name) => {
    const column = all.find((one) => nameOf(one) === name.trim().toLowerCase());
    if (column !== undefined) return column;
    throw new UsageError(`--columns takes ${all.map(nameOf).join(', ')}, not '${name.trim()}'.`);
  });
}

function csv<Row>(all: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const heads = all.map((column) => nameOf(column).replaceAll('-', '_'));
  return csvLines(
    heads,
    rows.map((row) => all.map(({ cell, plain = cell }) => String(plain(row) ?? ''))),
  );
}

export const tableOf = <Row>(all: readonly Column<Row>[], rows: readonly Row[]): string[] =>
  table(
    all.map(({ head }) => head),
    rows.map((row) => all.map(({ cell }) => cell(row))),
  );

/** Columns go until it fits; then those are cut that may be. */
function fitted<Row>(all: readonly Column<Row>[], rows: readonly Row[], width: number): string[] {
  let kept = all;
  while (widthOf(tableOf(kept, rows)) > width) {
    const next = Math.max(0, ...kept.map(({ spare = 0 }) => spare));
    if (next === 0) return tableOf(cutColumns(kept, rows, width), rows);
    kept = kept.filter(({ spare }) => spare !== next);
  }
  return tableOf(kept, rows);
}

const widthOf = (lines: readonly string[]): number => Math.max(0, ...lines.map(textWidth));

function cutColumns<Row>(all: readonly Column<Row>[], rows: readonly Row[], width: number): readonly Column<Row>[] {
  const widths = all.map((column) => widthOf(tableOf([column], rows)));
  const tooWide = widths.reduce((sum, one) => sum + one + GAP_COLUMNS, -GAP_COLUMNS) - width;
  const [cut] = all.flatMap((column, at) => (column.isCut ? [{ column, columns: widths[at] ?? 0 }] : []));
  if (cut === undefined) return all;
  const left = Math.max(LEAST_COLUMNS, cut.columns - tooWide);
  const { cell } = cut.column;
  return all.map((one) => (one === cut.column ? { ...one, cell: (row: Row) => cutTo(cell(row), left) } : one));
}
