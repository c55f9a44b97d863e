import { createRequire } from 'node:module';
import type { IBufferCell, Terminal as XTerm } from '@xterm/headless';

// The emulator of many editors, without dependencies, so that nobody has to write a second one. It
// is CommonJS with names that Node does not see from outside.
const { Terminal } = createRequire(import.meta.url)('@xterm/headless') as { Terminal: typeof XTerm };

/** What a terminal shows in one place, which is two columns wide for some characters. */
export interface Cell {
  readonly text: string;
  readonly columns: 1 | 2;
  readonly style: Style;
}

export interface Style {
  /** 0–7 of the palette, 8–15 its bright half; undefined for the terminal's own. */
  readonly colour: number | undefined;
  readonly isBold: boolean;
  readonly isDim: boolean;
}

const PLAIN: Style = { colour: undefined, isBold: false, isDim: false };
/** What has scrolled away belongs to the picture. */
const SCROLLBACK_ROWS = 1000;

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** The lines that a terminal of this size shows after these bytes, up to the last one with text. */
export async function cellsOf(bytes: string | Uint8Array, { columns, rows }: Size): Promise<Cell[][]> {
  const terminal = new Terminal({ cols: columns, rows, scrollback: SCROLLBACK_ROWS, allowProposedApi: true });
  try {
    await new Promise<void>((resolve) => terminal.write(bytes, resolve));
    const { active } = terminal.buffer;
    const lines = Array.from({ length: active.length }, (_, at) => {
      const line = active.getLine(at);
      const cells = Array.from({ length: columns }, (_, column) => line?.getCell(column));
      return cells.flatMap((cell) => (cell === undefined || cell.getWidth() === 0 ? [] : [toCell(cell)]));
    });
    while (lines.length > 0 && isBlank(lines.at(-1) ?? [])) lines.pop();
    return lines;
  } finally {
    terminal.dispose();
  }
}

function toCell(cell: IBufferCell): Cell {
  const text = cell.getChars() || ' ';
  const colour = cell.isFgPalette() && cell.getFgColor() < 16 ? cell.getFgColor() : undefined;
  const style = { colour, isBold: cell.isBold() !== 0, isDim: cell.isDim() !== 0 };
  return { text, columns: cell.getWidth() === 2 ? 2 : 1, style: text === ' ' ? PLAIN : style };
}

const isBlank = (cells: readonly Cell[]): boolean => cells.every(({ text }) => text === ' ');
