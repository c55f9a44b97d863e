import { type KeyboardEvent, useId } from 'react';
import { Link } from 'react-aria-components';
import { useTo } from '../../app/places.ts';
import { bytesText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { cx } from '../../ui/cx.ts';
import type { Chain, ChainNode } from './chain.tsx';
import { marksOf } from './marks.ts';
import s from './picture.module.css';
import { words } from './words.ts';

const HEIGHT = 180;
const BAR = 28;
const STEP = 44;
const FOOT = 40;
const LEAST = 2;
const HEAD = 16;

interface Bar {
  readonly id: string;
  readonly name: string;
  readonly href: string;
  /** Absent: still being measured. */
  readonly own: number | undefined;
  readonly shared: number;
  /** Its place among the bars, if that is not the one before. */
  readonly elbowFrom: number | undefined;
  readonly glyphs: string;
  readonly notes: readonly string[];
  readonly isPresent: boolean;
}

const GLYPHS = { byHand: '', byPolicy: '↻', pinned: '⚲', usedByDisk: '⛁', usedByImage: '▣' } as const;

/** Oldest left, the disk itself last and dashed. A bar is as high as what it holds. */
export function Picture({ chain }: { readonly chain: Chain }) {
  const say = useWords(words);
  const language = useLanguage();
  const hatch = useId();
  const bars = useBars(chain);
  const most = Math.max(1, ...bars.map(({ own = 0, shared }) => own + shared));
  const high = (bytes: number) => (bytes === 0 ? 0 : Math.max(LEAST, (bytes / most) * HEIGHT));
  const width = bars.length * STEP + STEP / 2;
  return (
    <figure className={s.figure}>
      <figcaption>
        <p>{say('summary', { count: chain.nodes.nodes.length, bars: say('bars') })}</p>
        <p className={s.legend}>
          <span className={cx(s.swatch, s.own)} /> {say('own')} <span className={cx(s.swatch, s.shared)} />{' '}
          {say('shared')}
          <span className={s.hint}>{say('moveHint')}</span>
        </p>
      </figcaption>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys go between its links */}
      <div className={s.scroll} onKeyDown={moveFocus}>
        <svg width={width} height={HEAD + HEIGHT + FOOT} aria-hidden="true">
          <defs>
            <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
              <line x1="0" y1="0" x2="0" y2="6" className={s.hatch} />
            </pattern>
          </defs>
          <line x1="0" x2={width} y1={HEAD + HEIGHT} y2={HEAD + HEIGHT} className={s.axis} />
          {bars.map((bar, at) => {
            const x = at * STEP + STEP / 4;
            const own = high(bar.own ?? 0);
            const shared = high(bar.shared);
            const foot = HEAD + HEIGHT;
            return (
              <g key={bar.id} className={cx(bar.isPresent && s.present)}>
                {bar.own === undefined ? (
                  <rect
                    x={x}
                    y={HEAD + HEIGHT / 2}
                    width={BAR}
                    height={HEIGHT / 2}
                    fill={`url(#${hatch})`}
                    className={s.unknown}
                  />
                ) : (
                  <>
                    <rect x={x} y={foot - own - shared} width={BAR} height={shared} className={s.sharedBar} />
                    <rect x={x} y={foot - own} width={BAR} height={own} className={s.ownBar} />
                  </>
                )}
                <text x={x + BAR / 2} y={Math.max(HEAD - 4, foot - own - shared - 4)} className={s.glyph}>
                  {bar.glyphs}
                </text>
                {bar.elbowFrom !== undefined && <path d={elbow(bar.elbowFrom, at)} className={s.elbow} />}
              </g>
            );
          })}
        </svg>
        <ol className={s.bars} style={{ width }}>
          {bars.map((bar) => (
            <li key={bar.id} style={{ width: STEP }}>
              <Link
                href={bar.href}
                className={s.bar ?? ''}
                aria-label={[
                  bar.own === undefined
                    ? `${bar.name}: ${say('measuring')}`
                    : say('bar', {
                        name: bar.name,
                        own: bytesText(bar.own, language),
                        shared: bytesText(bar.shared, language),
                      }),
                  ...bar.notes,
                ].join(', ')}
              >
                <span>{bar.name}</span>
              </Link>
            </li>
          ))}
        </ol>
      </div>
    </figure>
  );
}

/** From the middle of one bar's foot to another's, below the axis. */
function elbow(from: number, to: number): string {
  const middle = (at: number) => at * STEP + STEP / 4 + BAR / 2;
  const y = HEAD + HEIGHT;
  return `M${middle(from)} ${y + 2}v8H${middle(to)}v-8`;
}

function useBars(chain: Chain): readonly Bar[] {
  const say = useWords(words);
  const to = useTo();
  const { nodes } = chain.nodes;
  const places = new Map(nodes.map(({ snapshot }, at) => [snapshot.id, at]));
  const barOf = ({ snapshot, sizes, parentId }: ChainNode, at: number): Bar => {
    const parent = parentId === null ? undefined : places.get(parentId);
    const marks = marksOf(snapshot);
    return {
      id: snapshot.id,
      name: snapshot.name,
      href: to('snapshots', snapshot.id),
      own: sizes?.ownBytes,
      shared: sizes?.sharedBytes ?? 0,
      elbowFrom: parent === undefined || parent === at - 1 ? undefined : parent,
      glyphs: marks.map((mark) => GLYPHS[mark]).join(''),
      notes: marks.map((mark) => say(mark)),
      isPresent: false,
    };
  };
  const bars = nodes.map(barOf);
  const { disk } = chain;
  if (disk === null) return bars;
  const { ownBytes, totalBytes } = disk.sizes ?? {};
  return [
    ...bars,
    {
      id: disk.id,
      name: say('present'),
      href: to('disks', disk.id),
      own: ownBytes,
      shared: Math.max(0, (totalBytes ?? 0) - (ownBytes ?? 0)),
      elbowFrom: undefined,
      glyphs: '',
      notes: [],
      isPresent: true,
    },
  ];
}

const STEPS: Readonly<Record<string, 'first' | 'last' | -1 | 1>> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  Home: 'first',
  End: 'last',
};

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = STEPS[event.key];
  if (step === undefined) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('a, [role=link]')];
  const at = links.indexOf(document.activeElement as HTMLElement);
  const next = step === 'first' ? links[0] : step === 'last' ? links.at(-1) : links[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
