import type { ProseReport } from './faults.ts';

interface Counts {
  readonly lines: number;
  readonly longLines: number;
  readonly sentences: number;
  readonly longSentences: number;
}

const NONE: Counts = { lines: 0, longLines: 0, sentences: 0, longSentences: 0 };

/** A table of what breaks the limits, by folder; below src two names deep. The worst come first. */
export function summaryOf(reports: ReadonlyMap<string, ProseReport>): string {
  const folders = new Map<string, Counts>();
  for (const [file, report] of reports) {
    const folder = folderOf(file);
    folders.set(folder, plus(folders.get(folder) ?? NONE, countsOf(report)));
  }
  const total = [...folders.values()].reduce(plus, NONE);
  const faults = ({ longLines, longSentences }: Counts): number => longLines + longSentences;
  const rows = [...folders].sort(([, a], [, b]) => faults(b) - faults(a));
  const cells = [
    ['folder', 'lines', 'over 100', 'sentences', 'over 35'],
    ...[...rows, ['all', total] as const].map(([folder, counts]) => [
      folder,
      String(counts.lines),
      String(counts.longLines),
      String(counts.sentences),
      String(counts.longSentences),
    ]),
  ];
  const widths = (cells[0] ?? []).map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  return cells
    .map((row) => row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))))
    .map((row) => row.join('  '))
    .join('\n');
}

function folderOf(file: string): string {
  const parts = file.split('/').slice(0, -1);
  return parts.slice(0, parts[0] === 'src' ? 2 : 1).join('/') || '.';
}

function countsOf({ lines, sentences, faults }: ProseReport): Counts {
  const longLines = faults.filter(({ kind }) => kind === 'column').length;
  return { lines, longLines, sentences, longSentences: faults.length - longLines };
}

function plus(a: Counts, b: Counts): Counts {
  return {
    lines: a.lines + b.lines,
    longLines: a.longLines + b.longLines,
    sentences: a.sentences + b.sentences,
    longSentences: a.longSentences + b.longSentences,
  };
}
