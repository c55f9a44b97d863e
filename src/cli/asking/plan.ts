import { visible } from '../visible.ts';
import { wrap } from '../wrap.ts';

/** What a command is about to delete or overwrite, for the person who has to say yes. */
export interface Plan {
  /** Such as `release disk web (d-…)`: it goes on after "This will" and "Would". */
  readonly doing: string;
  /** What is lost. Nothing is asked if that is nothing. */
  readonly goes: readonly string[];
  /** What stays, though one could fear for it. */
  readonly stays: readonly string[];
  /** Until when and how it can be brought back, or that it cannot. */
  readonly back: string;
  /** Why the service would refuse it now. */
  readonly refusals: readonly string[];
}

/** The lines that a person reads, of at most so many columns. */
export function planLines({ doing, goes, stays, back, refusals }: Plan, begin: string, columns: number): string[] {
  const parts: readonly (readonly [string, readonly string[]])[] = [
    ['Goes', goes],
    ['Stays', stays],
    ['Back', goes.length === 0 ? [] : [back]],
    ['Refused', refusals],
  ];
  const nothing = goes.length === 0 ? ['  Nothing is deleted or overwritten.'] : [];
  const details = parts.flatMap(([name, texts]) =>
    texts.map((text, at) => {
      const head = `  ${(at === 0 ? `${name}:` : '').padEnd(8)} `;
      return `${head}${wrap(visible(text), { columns: columns - head.length })
        .split('\n')
        .join(`\n${' '.repeat(head.length)}`)}`;
    }),
  );
  const lines = [wrap(visible(`${begin} ${doing}.`), { columns }), ...nothing, ...details];
  return lines.flatMap((line) => line.split('\n'));
}
