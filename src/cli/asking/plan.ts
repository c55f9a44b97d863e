import { lineText } from '../console.ts';
import { type Line, piecesOf, plainOf } from '../text.ts';
import type { Times } from '../times.ts';
import { wrap } from '../wrap.ts';

/** What a command is about to delete or overwrite, for the person who has to say yes. */
export interface Plan {
  /** Such as `release disk web (d-…)`: it goes on after "This will" and "Would". */
  readonly doing: Line;
  /** What is lost. Nothing is asked if that is nothing. */
  readonly goes: readonly Line[];
  /** What stays, though one could fear for it. */
  readonly stays: readonly Line[];
  /** Until when and how it can be brought back, or that it cannot. */
  readonly back: Line;
  /** Why the service would refuse it now. */
  readonly refusals: readonly Line[];
}

/** Of what takes nothing away. */
export const NOTHING_GOES = { goes: [], stays: [], back: '', refusals: [] } satisfies Partial<Plan>;

export interface PlanForm {
  /** What comes before `doing`. */
  readonly begin: string;
  /** The most that a line has. */
  readonly columns: number;
  readonly times: Times;
}

/** The lines that a person reads. */
export function planLines(plan: Plan, { begin, columns, times }: PlanForm): string[] {
  const { doing, goes, stays, back, refusals } = plan;
  const textOf = (line: Line) => lineText(line, { times, isColoured: false });
  const parts: readonly (readonly [string, readonly Line[]])[] = [
    ['Goes', goes],
    ['Stays', stays],
    ['Back', goes.length === 0 ? [] : [back]],
    ['Refused', refusals],
  ];
  const nothing = goes.length === 0 ? ['  Nothing is deleted or overwritten.'] : [];
  const details = parts.flatMap(([name, texts]) =>
    texts.map((line, at) => {
      const head = `  ${(at === 0 ? `${name}:` : '').padEnd(8)} `;
      return `${head}${wrap(textOf(line), { columns: columns - head.length })
        .split('\n')
        .join(`\n${' '.repeat(head.length)}`)}`;
    }),
  );
  const lines = [wrap(`${begin} ${textOf(doing)}.`, { columns }), ...nothing, ...details];
  return lines.flatMap((line) => line.split('\n'));
}

/** As fields of a JSON result, with whole instants. */
export function planFields({ doing, goes, stays, back, refusals }: Plan) {
  const textOf = (line: Line) => piecesOf(line).map(plainOf).join('');
  return {
    doing: textOf(doing),
    goes: goes.map(textOf),
    stays: stays.map(textOf),
    back: textOf(back),
    refusals: refusals.map(textOf),
  };
}
