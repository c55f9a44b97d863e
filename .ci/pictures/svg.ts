import type { Cell, Style } from './cells.ts';

const COLUMN = 8.4;
const LINE = 19;
const EDGE = 16;
const FONT = 14;

/** Each with its colour on light and on dark paper; all contrast by 4.5 or more. */
const PALETTE: readonly (readonly [light: string, dark: string])[] = [
  ['#57606a', '#9da7b1'], // black: muted, or it would be lost on dark paper
  ['#b3261e', '#ff8a80'],
  ['#1a7f37', '#7ee787'],
  ['#8a5a00', '#e3b341'],
  ['#0550ae', '#79c0ff'],
  ['#8250df', '#d2a8ff'],
  ['#0b6e75', '#76e3ea'],
  ['#57606a', '#c9d1d9'],
];

/** A picture of a terminal: text that can be copied and read aloud, on light or dark paper. */
export function svgOf(
  lines: readonly (readonly Cell[])[],
  { title, columns }: { title: string; columns: number },
): string {
  const [width, height] = [Math.ceil(columns * COLUMN) + 2 * EDGE, lines.length * LINE + 2 * EDGE];
  const texts = lines.flatMap((cells, row) => runsOf(cells).map((run) => textOf(run, row)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ` + `width="${width}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${styles()}</style>`,
    `<rect class="paper" width="${width}" height="${height}" rx="8"/>`,
    ...texts,
    '</svg>',
    '',
  ].join('\n');
}

interface Run {
  readonly column: number;
  text: string;
  columns: number;
  readonly style: Style;
}

/** Neighbours of one style; wide gaps are left out, so that columns stay where they are. */
function runsOf(cells: readonly Cell[]): Run[] {
  const runs: Run[] = [];
  let column = 0;
  let blanks = 2;
  for (const cell of cells) {
    const last = runs.at(-1);
    if (cell.text === ' ') blanks += 1;
    else if (last !== undefined && blanks < 2 && isSame(last.style, cell.style)) {
      last.text += ' '.repeat(blanks) + cell.text;
      last.columns += blanks + cell.columns;
      blanks = 0;
    } else {
      runs.push({ column, text: cell.text, columns: cell.columns, style: cell.style });
      blanks = 0;
    }
    column += cell.columns;
  }
  return runs;
}

const isSame = (one: Style, other: Style): boolean =>
  one.colour === other.colour && one.isBold === other.isBold && one.isDim === other.isDim;

function textOf({ column, text, columns, style }: Run, row: number): string {
  const classes = [
    ...(style.colour === undefined ? [] : [`c${style.colour % 8}`]),
    ...(style.isBold ? ['b'] : []),
    ...(style.isDim ? ['d'] : []),
  ];
  const [x, y] = [EDGE + column * COLUMN, EDGE + row * LINE + FONT];
  // Whatever font there is: a run is as wide as its columns.
  const attributes = [
    `x="${short(x)}"`,
    `y="${y}"`,
    `textLength="${short(columns * COLUMN)}"`,
    'lengthAdjust="spacingAndGlyphs"',
    ...(classes.length === 0 ? [] : [`class="${classes.join(' ')}"`]),
  ];
  return `<text ${attributes.join(' ')}>${escaped(text)}</text>`;
}

const short = (value: number): string => String(Math.round(value * 10) / 10);

function styles(): string {
  const colours = (at: 0 | 1) => PALETTE.map((pair, number) => `.c${number}{fill:${pair[at]}}`).join('');
  return [
    `text{font:${FONT}px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;`,
    'fill:#1f2328;white-space:pre}',
    '.paper{fill:#f6f8fa;stroke:#d0d7de}.b{font-weight:bold}.d{fill:#57606a}',
    colours(0),
    '@media (prefers-color-scheme:dark){text{fill:#e6edf3}.paper{fill:#0d1117;stroke:#30363d}.d{fill:#9da7b1}',
    colours(1),
    '}',
  ].join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? '');
