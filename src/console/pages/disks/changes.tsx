import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DiskChangesDocument, DiskTimeLineDocument } from '../../../generated/console-operations.ts';
import { useAsk } from '../../api/ask.ts';
import { type ApiError, request } from '../../api/request.ts';
import { useQueryState, useRegion } from '../../app/places.ts';
import { bytesText, percentText, timeText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { Button } from '../../ui/button.tsx';
import { SelectInput } from '../../ui/inputs.tsx';
import { useNarrow } from '../../ui/media.ts';
import { Banner, EmptyState, ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Section } from '../../ui/page.tsx';
import { type ByteRange, cellBytesOf, type Span, sharesOf, stepOf, zoomed } from './block-map.ts';
import s from './changes.module.css';
import type { Disk } from './disk.tsx';
import { words } from './words.ts';

/** What differs between two snapshots, as a map of the device and as a table. */
export function Changes({ disk }: { readonly disk: Disk }) {
  const say = useWords(words);
  const language = useLanguage();
  const region = useRegion();
  const [query, setQuery] = useQueryState();
  const snapshots = useAsk(DiskTimeLineDocument, { id: disk.id, region, after: null }, { live: false });
  const usable = snapshots.data?.snapshots.nodes.filter(({ status }) => status === 'ACCOMPLISHED') ?? [];
  const to = query.get('to') ?? usable[0]?.id;
  const from = query.get('from') ?? usable[usable.findIndex(({ id }) => id === to) + 1]?.id ?? 'zeros';
  const choices = usable.map(({ id, name, createdAt }) => ({
    value: id,
    text: name,
    help: timeText(createdAt, language),
  }));
  if (snapshots.error !== null) return <ErrorNote error={snapshots.error} />;
  if (snapshots.data === undefined) return <Waiting lines={6} />;
  if (to === undefined) return <EmptyState title={say('changesNeed')} />;
  return (
    <Section>
      <div className={s.choose}>
        <SelectInput
          label={say('from')}
          value={from}
          onChange={(next) => setQuery({ from: next })}
          choices={[{ value: 'zeros', text: say('zeros') }, ...choices]}
        />
        <SelectInput label={say('to')} value={to} onChange={(next) => setQuery({ to: next })} choices={choices} />
      </div>
      <Difference from={from} to={to} />
    </Section>
  );
}

function Difference({ from, to }: { readonly from: string; readonly to: string }) {
  const say = useWords(words);
  const language = useLanguage();
  const difference = useInfiniteQuery({
    queryKey: [DiskChangesDocument.text, from, to],
    staleTime: Number.POSITIVE_INFINITY, // snapshots do not change
    initialPageParam: 0,
    queryFn: ({ pageParam, signal }) =>
      request(
        DiskChangesDocument,
        { input: { toSnapshotId: to, startOffsetBytes: pageParam, ...(from !== 'zeros' && { fromSnapshotId: from }) } },
        signal,
      ),
    getNextPageParam: ({ changedBlocks }) => changedBlocks.nextOffsetBytes,
  });
  const pages = difference.data?.pages.map(({ changedBlocks }) => changedBlocks);
  if (difference.error !== null) return <ErrorNote error={difference.error as unknown as ApiError} />;
  if (pages === undefined) return <Waiting lines={8} />;
  const ranges = pages.flatMap((page) => page.ranges);
  const sizeBytes = pages[0]?.sizeBytes ?? 0;
  const changed = ranges.reduce((sum, { lengthBytes }) => sum + lengthBytes, 0);
  const next = pages.at(-1)?.nextOffsetBytes ?? null;
  return (
    <div className={s.difference}>
      <p>{say('changesOf', { size: bytesText(changed, language), count: ranges.length })}</p>
      {next !== null && (
        <Banner
          tone="idle"
          actions={
            <Button isPending={difference.isFetchingNextPage} onPress={() => void difference.fetchNextPage()}>
              {say('more')}
            </Button>
          }
        >
          {say('changesMore', { size: bytesText(next, language) })}
        </Banner>
      )}
      <BlockMap key={`${from} ${to}`} ranges={ranges} sizeBytes={sizeBytes} />
      <RangeTable ranges={ranges} />
    </div>
  );
}

const CELL = 10;
const COLUMNS = 128;
const COLUMNS_NARROW = 64;

function BlockMap({ ranges, sizeBytes }: { readonly ranges: readonly ByteRange[]; readonly sizeBytes: number }) {
  const say = useWords(words);
  const language = useLanguage();
  const [spans, setSpans] = useState<readonly Span[]>([{ offsetBytes: 0, lengthBytes: sizeBytes }]);
  const [at, setAt] = useState(0);
  const columns = useNarrow() ? COLUMNS_NARROW : COLUMNS;
  const span = spans.at(-1) ?? { offsetBytes: 0, lengthBytes: sizeBytes };
  const cellBytes = cellBytesOf(span);
  const shares = sharesOf(ranges, span);
  const rows = Math.ceil(shares.length / columns);
  const zoomIn = (cell: number) => {
    const next = zoomed(span, cell);
    if (next.lengthBytes < span.lengthBytes) setSpans([...spans, next]);
    setAt(0);
  };
  const zoomOut = () => setSpans(spans.length > 1 ? spans.slice(0, -1) : spans);
  const begin = span.offsetBytes + at * cellBytes;
  const size = (bytes: number) => bytesText(bytes, language);
  const onKey = (event: React.KeyboardEvent) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns }[event.key];
    if (step !== undefined) setAt(Math.min(shares.length - 1, Math.max(0, at + step)));
    else if (event.key === 'Enter') zoomIn(at);
    else if (event.key === 'Escape') zoomOut();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <p className={s.muted}>
        {say('cell', {
          size: size(cellBytes),
          from: size(span.offsetBytes),
          to: size(span.offsetBytes + span.lengthBytes),
        })}{' '}
        {spans.length > 1 && <Button onPress={zoomOut}>{say('zoomOut')}</Button>}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keys walk through the picture */}
      <div className={s.map} role="application" aria-label={say('mapLabel')} tabIndex={0} onKeyDown={onKey}>
        <svg
          viewBox={`0 0 ${columns * CELL} ${rows * CELL}`}
          aria-hidden="true"
          onClick={(event) => {
            const box = event.currentTarget.getBoundingClientRect();
            const column = Math.floor(((event.clientX - box.left) / box.width) * columns);
            zoomIn(
              Math.min(
                shares.length - 1,
                Math.floor(((event.clientY - box.top) / box.height) * rows) * columns + column,
              ),
            );
          }}
        >
          {[0, 1, 2, 3, 4].map((step) => (
            <path key={step} className={s[`heat-${step}`]} d={cellsOf(shares, step, columns)} />
          ))}
          <rect
            className={s.cursor}
            x={(at % columns) * CELL}
            y={Math.floor(at / columns) * CELL}
            width={CELL}
            height={CELL}
          />
        </svg>
      </div>
      <p aria-live="polite" className={s.muted}>
        {say('cellAt', {
          from: size(begin),
          to: size(begin + cellBytes),
          percent: percentText(shares[at] ?? 0, language),
        })}
      </p>
      <ul className={s.legend}>
        {(['legendNone', 'legendSome', 'legendMore', 'legendHalf', 'legendMost'] as const).map((key, step) => (
          <li key={key}>
            <svg width="14" height="14" aria-hidden="true">
              <rect className={s[`heat-${step}`]} width="14" height="14" />
            </svg>
            {say(key)}
          </li>
        ))}
      </ul>
    </>
  );
}

function cellsOf(shares: Float64Array, step: number, columns: number): string {
  let path = '';
  for (const [at, share] of shares.entries()) {
    if (stepOf(share) === step)
      path += `M${(at % columns) * CELL + 0.5} ${Math.floor(at / columns) * CELL + 0.5}h9v9h-9z`;
  }
  return path;
}

const SHOWN_RANGES = 200;

function RangeTable({ ranges }: { readonly ranges: readonly ByteRange[] }) {
  const say = useWords(words);
  const language = useLanguage();
  return (
    <details>
      <summary>{say('rangesTable')}</summary>
      <table className={s.ranges}>
        <thead>
          <tr>
            <th>{say('offset')}</th>
            <th>{say('length')}</th>
          </tr>
        </thead>
        <tbody>
          {ranges.slice(0, SHOWN_RANGES).map(({ offsetBytes, lengthBytes }) => (
            <tr key={offsetBytes}>
              <td>{bytesText(offsetBytes, language)}</td>
              <td>{bytesText(lengthBytes, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
