import type { Input, OptionSpec } from './command.ts';
import { type Console, pieceText } from './console.ts';
import { csvLines } from './csv.ts';
import { isMoment, type Line, type Piece, plainOf } from './text.ts';
import { cutTo, padTo, textWidth } from './text-width.ts';
import type { TimeForm, Times } from './times.ts';
import { UsageError } from './usage-error.ts';
import { visible, visibleJson } from './visible.ts';
import { WATCH_OPTION } from './watching.ts';
import { wrap as wrapped } from './wrap.ts';

export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => Piece;
  /** What CSV has instead: bytes for `2.00 GiB`. A moment is its instant there by itself. */
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
  /** Instead of a table without rows: that there are none, and what would fill it. */
  readonly empty: string;
  /** Further fields of the JSON. */
  readonly also?: Readonly<Record<string, unknown>>;
  /** What people read below a row, such as what became of its copies. */
  readonly below?: (row: Row) => readonly string[];
  /** What people read below the table. */
  readonly foot?: readonly string[];
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
  WATCH_OPTION,
];

/** Options for the forms that are for programs. */
export const FORMS = ['json', 'jsonl', 'csv'] as const;
/** A column that is cut keeps so much. */
const LEAST_COLUMNS = 12;
const GAP_COLUMNS = 2;

/** Prints a list as the options of {@link LIST_OUTPUT} say, and notes that there is more. */
export function showList<Row extends object>(console: Console, input: Input, list: Listing<Row>): void {
  const { of, rows, more, also = {} } = list;
  const [form, other] = FORMS.filter((name) => input.has(name));
  if (other !== undefined) throw new UsageError(`Give --${form} or --${other}, not both.`);
  const chosen = chosenColumns(list.columns, input.text('columns'));
  if (more === true) console.note('There are more: raise --limit.');
  if (form === 'jsonl') console.print(rows.map((row) => visibleJson(JSON.stringify(row))));
  else if (form === 'csv') console.print(csv(chosen, rows).slice(input.has('no-header') ? 1 : 0));
  else {
    const isWhole = input.has('wide') || input.has('columns');
    const look = { isBare: input.has('no-header'), isWhole };
    const lines = () => listLines(console, { ...list, columns: chosen }, look);
    if (isWhole && !console.json) console.print(lines());
    else console.result({ [of]: rows, ...(more !== undefined && { more }), ...also }, lines);
  }
}

const within = (line: string, width = Number.POSITIVE_INFINITY): string => cutTo(visible(line), width);

const wrap = (line: string, columns = Number.POSITIVE_INFINITY): string[] => wrapped(line, { columns }).split('\n');

interface Look {
  /** Without the names of the columns, and without words if there are no rows. */
  readonly isBare: boolean;
  readonly isWhole: boolean;
}

function listLines<Row extends object>(console: Console, list: Listing<Row>, { isBare, isWhole }: Look): Line[] {
  const { rows, below, foot = [] } = list;
  if (rows.length === 0) return isBare ? [] : [list.empty];
  // Without their heads, columns are as wide as what is in them.
  const columns = isBare ? list.columns.map((column) => ({ ...column, head: '' })) : list.columns;
  const [head = '', ...body] = tableOf(console, columns, rows, { isWhole });
  const width = isWhole ? undefined : console.columns;
  const lines = body.flatMap((one, at) => [
    one,
    ...(below?.(rows[at] as Row) ?? []).map((line) => within(line, width)),
  ]);
  return isBare ? lines : [head, ...lines, ...foot.flatMap((line) => wrap(line, width))];
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
    rows.map((row) => all.map((column) => fieldOf(column, row))),
  );
}

function fieldOf<Row>({ cell, plain }: Column<Row>, row: Row): string {
  return plain === undefined ? plainOf(cell(row)) : String(plain(row) ?? '');
}

/** The head and a line for each row; in a terminal, they fit it unless it shall be whole. */
export function tableOf<Row>(
  { columns: width, times }: Pick<Console, 'columns' | 'times'>,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  { isWhole = false }: { readonly isWhole?: boolean } = {},
): Line[] {
  const whole = columns.map((column) => filled(column, rows, { times, form: 'cell' }));
  if (isWhole || width === undefined) return linesOf(whole);
  return linesOf(fitted(whole, width, (column) => filled(column, rows, { times, form: 'relative' })));
}

/** A column with what its cells show, the head first. */
interface Filled<Row> {
  readonly column: Column<Row>;
  readonly cells: readonly (readonly [text: string, piece: Piece])[];
  readonly hasTimes: boolean;
}

function filled<Row>(
  column: Column<Row>,
  rows: readonly Row[],
  { times, form }: { readonly times: Times; readonly form: TimeForm },
): Filled<Row> {
  const pieces = rows.map(column.cell);
  const zones = new Set(pieces.flatMap((piece) => zoneOf(piece, times)));
  const [zone] = zones;
  // Where each has its own, the cells name them.
  const isClock = form === 'cell' || pieces.some((piece) => isMoment(piece) && piece.isPrecise === true);
  const isInHead = zones.size === 1 && isClock && column.head !== '';
  const head = isInHead ? `${column.head} (${zone})` : column.head;
  const own = form === 'cell' && zones.size > 1 ? 'whole' : form;
  const body = pieces.map((piece) => [pieceText(piece, times, own), piece] as const);
  return { column, cells: [[head, { text: head, tone: 'muted' }], ...body], hasTimes: zones.size > 0 };
}

/** On whose clocks it is shown, if it is an instant. */
const zoneOf = (piece: Piece, times: Times): string[] =>
  isMoment(piece) && piece.at !== null ? [piece.timeZone ?? times.timeZone] : [];

const widthOf = <Row>({ cells }: Filled<Row>): number => Math.max(...cells.map(([text]) => textWidth(text)));

const widthOfAll = <Row>(all: readonly Filled<Row>[]): number =>
  all.reduce((sum, one) => sum + widthOf(one) + GAP_COLUMNS, -GAP_COLUMNS);

/** Times become relative, then columns go until it fits; then those are cut that may be. */
function fitted<Row>(
  all: readonly Filled<Row>[],
  width: number,
  shortened: (column: Column<Row>) => Filled<Row>,
): readonly Filled<Row>[] {
  if (widthOfAll(all) <= width) return all;
  let kept = all.map((one) => (one.hasTimes ? shortened(one.column) : one));
  while (widthOfAll(kept) > width) {
    const next = Math.max(0, ...kept.map(({ column }) => column.spare ?? 0));
    if (next === 0) return cutColumns(kept, width);
    kept = kept.filter(({ column }) => column.spare !== next);
  }
  return kept;
}

/** Each that may be cut gives what is too much, the last one first. */
function cutColumns<Row>(all: readonly Filled<Row>[], width: number): readonly Filled<Row>[] {
  let tooWide = widthOfAll(all) - width;
  const cut = all.toReversed().map((one) => {
    const own = widthOf(one);
    if (tooWide <= 0 || one.column.isCut !== true || own <= LEAST_COLUMNS) return one;
    const left = Math.max(LEAST_COLUMNS, own - tooWide);
    tooWide -= own - left;
    return { ...one, cells: one.cells.map(([text, piece]) => [cutTo(text, left), piece] as const) };
  });
  return cut.reverse();
}

function linesOf<Row>(all: readonly Filled<Row>[]): Line[] {
  const widths = all.map(widthOf);
  const [first] = all;
  return (first?.cells ?? []).map((_, row) =>
    all.flatMap(({ cells }, at) => {
      const [text = '', piece = ''] = cells[row] ?? [];
      const gap = padTo('', (widths[at] ?? 0) - textWidth(text) + (at === all.length - 1 ? 0 : GAP_COLUMNS));
      const shown = typeof piece === 'object' && 'tone' in piece ? { ...piece, text } : text;
      return isLastShown(all, row, at) ? [shown] : [shown, gap];
    }),
  );
}

/** Behind it there is nothing but spaces, which no line ends with. */
const isLastShown = <Row>(all: readonly Filled<Row>[], row: number, at: number): boolean =>
  all.slice(at + 1).every(({ cells }) => (cells[row]?.[0] ?? '') === '');
