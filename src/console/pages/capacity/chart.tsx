import { bytesText, timeText } from '../../i18n/format.ts';
import { useLanguage, useWords } from '../../i18n/words.ts';
import { cx } from '../../ui/cx.ts';
import s from './chart.module.css';
import { type Frame, LINES, type Line, pathOf, roundUp, type Sample, thinned } from './course.ts';
import { words } from './words.ts';

const WIDTH = 900;
const HEIGHT = 260;
const LEFT = 76;
const FOOT = 28;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

const NAMES = { logicalBytes: 'logical', deduplicatedBytes: 'deduplicated', storedBytes: 'stored' } as const;

/** Three lines that contain one another are never stacked. */
export function Chart({ samples }: { readonly samples: readonly Sample[] }) {
  const say = useWords(words);
  const language = useLanguage();
  const points = thinned(samples);
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const most = roundUp(Math.max(...points.map(({ logicalBytes, storedBytes }) => Math.max(logicalBytes, storedBytes))));
  const frame: Frame = { width: WIDTH, height: HEIGHT, fromMs: Date.parse(first.at), toMs: Date.parse(last.at), most };
  const bytes = (value: number) => bytesText(value, language);
  const label = say('chart', {
    from: timeText(first.at, language),
    to: timeText(last.at, language),
    first: bytes(first.storedBytes),
    last: bytes(last.storedBytes),
  });
  return (
    <figure className={s.figure}>
      <figcaption className={s.legend}>
        {LINES.map((line) => (
          <span key={line}>
            <span className={cx(s.swatch, s[line])} /> {say(NAMES[line])}
          </span>
        ))}
      </figcaption>
      <svg role="img" aria-label={label} viewBox={`0 0 ${LEFT + WIDTH + 8} ${HEIGHT + FOOT + 8}`}>
        <g transform={`translate(${LEFT} 8)`}>
          {TICKS.map((part) => (
            <g key={part}>
              <line x1={0} x2={WIDTH} y1={HEIGHT * (1 - part)} y2={HEIGHT * (1 - part)} className={s.rule} />
              <text x={-8} y={HEIGHT * (1 - part) + 4} className={s.scale}>
                {bytes(most * part)}
              </text>
            </g>
          ))}
          <text x={0} y={HEIGHT + 20} className={s.start}>
            {timeText(first.at, language)}
          </text>
          <text x={WIDTH} y={HEIGHT + 20} className={s.scale}>
            {timeText(last.at, language)}
          </text>
          {LINES.map((line: Line) => (
            <path key={line} d={pathOf(points, line, frame)} className={cx(s.line, s[line])} />
          ))}
        </g>
      </svg>
    </figure>
  );
}
