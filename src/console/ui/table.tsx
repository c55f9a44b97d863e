import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ApiError } from '../api/request.ts';
import { useWords } from '../i18n/words.ts';
import { Button } from './button.tsx';
import { cx } from './cx.ts';
import { Icon } from './icon.tsx';
import { useNarrow } from './media.ts';
import { ErrorNote, Waiting } from './notes.tsx';
import { useNow } from './now.ts';
import s from './table.module.css';
import { Time } from './values.tsx';
import { words } from './words.ts';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** A share of the width (`2fr`), or a width (`120px`). Default: `1fr`. */
  readonly width?: string;
  /** Numbers end at the right. */
  readonly align?: 'end';
  /** The field that the list is ordered by when its heading is pressed. */
  readonly sort?: string;
  /**
   * At 360 px: `first` line (name, status and one figure), or the second (default). `never`: left
   * out.
   */
  readonly narrow?: 'first' | 'second' | 'never';
}

export interface Sorting {
  readonly field: string;
  readonly direction: 'ASC' | 'DESC';
}

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Undefined: still on their way. */
  readonly rows: readonly Row[] | undefined;
  readonly idOf: (row: Row) => string;
  /** For screen readers, where the row is chosen. */
  readonly nameOf: (row: Row) => string;
  /** Shown in place of rows that are not there. */
  readonly empty: ReactNode;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
  /** Ids that are chosen; they stay so while the list scrolls and grows. */
  readonly chosen?: ReadonlySet<string>;
  readonly onChoose?: (chosen: ReadonlySet<string>) => void;
  /** What can be done with those that are chosen. */
  readonly batch?: ReactNode;
  /** Pages: as `useList` gives them. */
  readonly list?: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
    readonly dataUpdatedAt: number;
    /** Said above the rows. */
    readonly error: ApiError | null;
    readonly refetch: () => Promise<unknown>;
  };
}

const WIDE_PX = 37;
const NARROW_PX = 60;

/** Rows of any number: only those in sight are in the page. The heading stays in sight. */
export function Table<Row>(props: TableProps<Row>) {
  const { label, columns, rows, idOf, empty, chosen, onChoose, list } = props;
  const say = useWords(words);
  const body = useRef<HTMLDivElement>(null);
  const isNarrow = useNarrow();
  const top = useTop(body, rows === undefined);
  const virtual = useWindowVirtualizer({
    count: rows?.length ?? 0,
    estimateSize: () => (isNarrow ? NARROW_PX : WIDE_PX),
    overscan: 12,
    scrollMargin: top,
    getItemKey: (at) => (rows?.[at] === undefined ? at : idOf(rows[at])),
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are of another height then
  useEffect(() => virtual.measure(), [isNarrow]);
  const items = virtual.getVirtualItems();
  useMore(list, (items.at(-1)?.index ?? 0) >= (rows?.length ?? 0) - 5 && rows !== undefined && rows.length > 0);
  const template = [onChoose !== undefined && '40px', ...columns.map(({ width = '1fr' }) => sized(width))]
    .filter(Boolean)
    .join(' ');
  return (
    <div className={s.table}>
      {list !== undefined && list.error !== null && (
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      )}
      {onChoose !== undefined && (chosen?.size ?? 0) > 0 && (
        <div className={s.batch} role="status">
          <span>{say('chosen', { count: chosen?.size ?? 0 })}</span>
          {props.batch}
          <Button kind="quiet" onPress={() => onChoose(new Set())}>
            {say('clearChoice')}
          </Button>
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: a table would need all of its rows */}
      <div role="table" aria-label={label} aria-rowcount={list?.hasNextPage === true ? -1 : (rows?.length ?? 0) + 1}>
        <Head {...props} template={template} />
        {/* biome-ignore lint/a11y/useSemanticElements: as above */}
        <div role="rowgroup" ref={body} className={s.body} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows?.[item.index];
            if (row === undefined) return null;
            return (
              <TableRow
                key={item.key}
                {...props}
                row={row}
                at={item.index}
                template={template}
                offset={item.start - top}
                height={item.size}
                isNarrow={isNarrow}
              />
            );
          })}
        </div>
      </div>
      {rows === undefined && (list === undefined || list.error === null) && <Waiting lines={6} />}
      {rows?.length === 0 && list?.hasNextPage !== true && empty}
      {rows !== undefined && list !== undefined && <Foot count={rows.length} list={list} />}
    </div>
  );
}

function sized(width: string): string {
  return width.endsWith('fr') ? `minmax(0, ${width})` : width;
}

interface RowProps<Row> extends TableProps<Row> {
  readonly row: Row;
  readonly at: number;
  readonly template: string;
  readonly offset: number;
  readonly height: number;
  readonly isNarrow: boolean;
}

function TableRow<Row>(props: RowProps<Row>) {
  const { row, at, template, offset, height, isNarrow, columns, idOf, nameOf, chosen, onChoose } = props;
  const say = useWords(words);
  const id = idOf(row);
  const isChosen = chosen?.has(id) === true;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: what is in it has the focus
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div
      role="row"
      aria-rowindex={at + 2}
      className={cx(s.row, isChosen && s.chosen, isNarrow && s.narrow)}
      style={{ transform: `translateY(${offset}px)`, height, ...(!isNarrow && { gridTemplateColumns: template }) }}
    >
      {onChoose !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: as above
        <div role="cell" className={s.choose}>
          <input
            type="checkbox"
            checked={isChosen}
            aria-label={say('chooseRow', { name: nameOf(row) })}
            onChange={() => onChoose(toggled(chosen ?? new Set(), id))}
          />
        </div>
      )}
      {isNarrow ? (
        <div className={s.lines}>
          <div>{columns.filter(({ narrow }) => narrow === 'first').map(cellOf(row))}</div>
          <div className={s.second}>
            {columns.filter(({ narrow = 'second' }) => narrow === 'second').map(cellOf(row))}
          </div>
        </div>
      ) : (
        columns.map(cellOf(row))
      )}
    </div>
  );
}

function cellOf<Row>(row: Row) {
  return (column: Column<Row>) => (
    // biome-ignore lint/a11y/useSemanticElements: a table would need all of its rows
    <div key={column.id} role="cell" className={cx(s.cell, column.align === 'end' && s.end)}>
      {column.cell(row)}
    </div>
  );
}

function toggled(chosen: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return next;
}

function Head<Row>(props: TableProps<Row> & { readonly template: string }) {
  const { columns, template, rows, idOf, sorting, onSort, chosen, onChoose } = props;
  const say = useWords(words);
  const all = rows !== undefined && rows.length > 0 && rows.every((row) => chosen?.has(idOf(row)));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table would need all of its rows
    <div role="rowgroup" className={s.head}>
      {/* biome-ignore lint/a11y/useFocusableInteractive: what is in it has the focus */}
      {/* biome-ignore lint/a11y/useSemanticElements: as above */}
      <div role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {onChoose !== undefined && (
          // biome-ignore lint/a11y/useFocusableInteractive: as above
          // biome-ignore lint/a11y/useSemanticElements: as above
          <div role="columnheader" className={s.choose}>
            <input
              type="checkbox"
              checked={all}
              aria-label={say('chooseAll')}
              onChange={() => onChoose(all ? new Set() : new Set([...(chosen ?? []), ...(rows ?? []).map(idOf)]))}
            />
          </div>
        )}
        {columns.map(({ id, title, sort, align }) => {
          const isAt = sort !== undefined && sorting?.field === sort;
          const down = isAt && sorting?.direction === 'DESC';
          return (
            // biome-ignore lint/a11y/useFocusableInteractive: as above
            // biome-ignore lint/a11y/useSemanticElements: as above
            <div
              key={id}
              role="columnheader"
              className={cx(s.cell, align === 'end' && s.end)}
              {...(isAt && { 'aria-sort': down ? ('descending' as const) : ('ascending' as const) })}
            >
              {sort === undefined || onSort === undefined ? (
                title
              ) : (
                <button
                  type="button"
                  onClick={() => onSort({ field: sort, direction: isAt && !down ? 'DESC' : 'ASC' })}
                >
                  {title}
                  {isAt && <Icon name={down ? 'down' : 'up'} size={12} />}
                </button>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

function Foot({ count, list }: { readonly count: number; readonly list: NonNullable<TableProps<unknown>['list']> }) {
  const say = useWords(words);
  // The clock of the page ticks now and then: what was told just now is not in the future.
  const now = useNow();
  return (
    <div className={s.foot}>
      <span>
        {say('rowsShown', { count })}
        {list.hasNextPage && ` · ${say('moreFollow')}`}
      </span>
      {list.hasNextPage && (
        <Button isPending={list.isFetchingNextPage} onPress={() => void list.fetchNextPage()}>
          {say('loadMore')}
        </Button>
      )}
      <span className={s.updated}>
        <Time at={new Date(Math.min(list.dataUpdatedAt, now)).toISOString()} form="short" />
        <Button kind="quiet" icon="refresh" label={say('refresh')} onPress={() => void list.refetch()} />
      </span>
    </div>
  );
}

/** Where the rows begin, from the top of the page. */
function useTop(body: React.RefObject<HTMLDivElement | null>, waiting: boolean): number {
  const [top, setTop] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is above it changes then
  useEffect(() => {
    const measure = () => setTop((body.current?.getBoundingClientRect().top ?? 0) + window.scrollY);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(document.body);
    return () => watch.disconnect();
  }, [waiting]);
  return top;
}

/** Reads on when the end comes into sight. */
function useMore(list: TableProps<unknown>['list'], nearEnd: boolean): void {
  const go = nearEnd && list?.hasNextPage === true && !list.isFetchingNextPage;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once each time that the end is near
  useEffect(() => {
    if (go) void list?.fetchNextPage();
  }, [go]);
}
