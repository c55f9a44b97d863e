import { useState } from 'react';
import { Link } from 'react-aria-components';
import { OverviewCapacityDocument, type OverviewCapacityQuery } from '../../../generated/console-operations.ts';
import { useAsk } from '../../api/ask.ts';
import { useTo } from '../../app/places.ts';
import { bytesText, dayText, percentText, timeText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { ErrorNote, Waiting } from '../../ui/notes.tsx';
import { Section } from '../../ui/page.tsx';
import { Bytes } from '../../ui/values.tsx';
import s from './overview.module.css';
import { words } from './words.ts';

type Sample = OverviewCapacityQuery['capacityHistory']['nodes'][number];
const LINES = ['logical', 'deduplicated', 'stored'] as const;
type Line = (typeof LINES)[number];
const WIDTH = 1_000;
const HEIGHT = 180;
/** A day without samples is a gap, not a line. */
const GAP_MS = 26 * 3_600_000;
const DAY_MS = 86_400_000;

/** The last 15 days as three lines. They contain one another, so they are not stacked. */
export function Course({ region }: { readonly region: string }) {
  const say = useWords(words);
  const to = useTo();
  const [from] = useState(() => new Date(Math.floor(Date.now() / 3_600_000) * 3_600_000 - 15 * DAY_MS).toISOString());
  const { data, error } = useAsk(OverviewCapacityDocument, { region, from }, { live: false });
  return (
    <Section title={say('capacity')} actions={<Link href={to('capacity')}>{say('toCapacity')}</Link>}>
      {error !== null && <ErrorNote error={error} />}
      {data === undefined && error === null && <Waiting lines={5} />}
      {data !== undefined && (
        <>
          <Legend now={data.capacity} />
          {data.capacityHistory.nodes.length < 2 ? (
            <p className={s.muted}>{say('noSamples')}</p>
          ) : (
            <Lines samples={[...data.capacityHistory.nodes, data.capacity]} />
          )}
        </>
      )}
    </Section>
  );
}

function Legend({ now }: { readonly now: Sample }) {
  const say = useWords(words);
  const language = useLanguage();
  return (
    <div className={s.legend}>
      {LINES.map((line) => (
        <span key={line}>
          <svg width="28" height="8" aria-hidden="true">
            <path d="M1 4h26" className={s[line]} />
          </svg>{' '}
          {say(line)} <Bytes value={now[`${line}Bytes`]} />
        </span>
      ))}
      {now.logicalBytes > 0 && (
        <span className={s.muted}>
          {say('saved', { percent: percentText(now.storedBytes / now.logicalBytes, language) })}
        </span>
      )}
    </div>
  );
}

function Lines({ samples }: { readonly samples: readonly Sample[] }) {
  const say = useWords(words);
  const language = useLanguage();
  const times = samples.map(({ at }) => new Date(at).getTime());
  const [begin = 0, end = 1] = [times[0], times.at(-1)];
  const most = Math.max(1, ...samples.flatMap((sample) => LINES.map((line) => sample[`${line}Bytes`])));
  const x = (at: number) => ((at - begin) / Math.max(1, end - begin)) * WIDTH;
  const y = (bytes: number) => HEIGHT - (bytes / most) * HEIGHT;
  const [first, last] = [samples[0], samples.at(-1)];
  const summary = say('captionCourse', {
    from: timeText(begin, language),
    to: timeText(end, language),
    first: bytesText(first?.storedBytes ?? 0, language),
    last: bytesText(last?.storedBytes ?? 0, language),
  });
  return (
    <figure className={s.chart}>
      <div className={s.scale} aria-hidden="true">
        {[most, most / 2, 0].map((bytes) => (
          <span key={bytes}>{bytesText(Math.round(bytes), language)}</span>
        ))}
      </div>
      <svg
        className={s.course}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={summary}
      >
        {[0, 0.5, 1].map((part) => (
          <line
            key={part}
            className={s.grid}
            x1="0"
            x2={WIDTH}
            y1={y(most * part)}
            y2={y(most * part)}
            vectorEffect="non-scaling-stroke"
          />
        ))}
        {LINES.map((line) => (
          <path key={line} className={s[line]} d={pathOf(samples, line, x, y)} vectorEffect="non-scaling-stroke" />
        ))}
      </svg>
      <div className={s.days} aria-hidden="true">
        {[begin, (begin + end) / 2, end].map((at) => (
          <span key={at}>{dayText(at, language)}</span>
        ))}
      </div>
    </figure>
  );
}

function pathOf(
  samples: readonly Sample[],
  line: Line,
  x: (at: number) => number,
  y: (bytes: number) => number,
): string {
  let before = Number.NEGATIVE_INFINITY;
  return samples
    .map((sample) => {
      const at = new Date(sample.at).getTime();
      const command = at - before > GAP_MS ? 'M' : 'L';
      before = at;
      return `${command}${x(at).toFixed(1)} ${y(sample[`${line}Bytes`]).toFixed(1)}`;
    })
    .join('');
}
