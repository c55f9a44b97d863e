/**
 * The tour's page: numbered steps, the command as one would type it, its figures, and how long it
 * took.
 */
export interface Screen {
  heading(text: string): void;
  step(title: string): void;
  command(text: string): void;
  figures(text: string, tookMs?: number): void;
  line(text?: string): void;
}

const WIDTH = 96;

export function createScreen(output: { write(text: string): unknown; readonly isTTY?: boolean }): Screen {
  const style = (code: number, text: string): string =>
    output.isTTY === true ? `\u001b[${code}m${text}\u001b[0m` : text;
  const line = (text = ''): void => void output.write(`${text}\n`);
  let steps = 0;
  return {
    line,
    heading: (text) => line(`\n${style(1, text)}`),
    step: (title) => {
      steps++;
      line(`\n${String(steps).padStart(2)}  ${style(1, title)}`);
    },
    command: (text) => line(`    ${style(36, `$ ${text}`)}`),
    figures: (text, tookMs) => {
      const left = `    ${text}`;
      line(tookMs === undefined ? left : `${left.padEnd(WIDTH - 10)}${style(2, formatTime(tookMs).padStart(10))}`);
    },
  };
}

export function formatTime(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${UNITS[power]}`;
}
