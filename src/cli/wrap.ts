/** Columns of the help: every terminal has them. */
export const HELP_COLUMNS = 80;
/** Columns of the manual, as of all prose here. */
export const MANUAL_COLUMNS = 100;

export interface Wrapping {
  readonly columns: number;
  /** Before each line but the first. */
  readonly indent?: string;
}

/**
 * Text in lines of at most so many columns, broken at spaces. A longer word has a line of its own.
 */
export function wrap(text: string, { columns, indent = '' }: Wrapping): string {
  const [first = '', ...words] = text.split(' ');
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length > columns) lines.push(`${indent}${word}`);
    else lines[lines.length - 1] = longer;
  }
  return lines.join('\n');
}
