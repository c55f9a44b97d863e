import type { DeviceNumber } from './view.ts';

/** A line of /proc/self/mountinfo; see proc_pid_mountinfo(5). */
export interface Mount {
  readonly device: DeviceNumber;
  readonly mountPoint: string;
  /** What is mounted: often a path, but any text. */
  readonly source: string;
}

export function parseMounts(text: string): Mount[] {
  return lines(text).flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ', 2);
    const [, , device, , mountPoint] = before.split(' ');
    const [, source = ''] = after.split(' ');
    return device === undefined || mountPoint === undefined
      ? []
      : [{ device, mountPoint: unescaped(mountPoint), source: unescaped(source) }];
  });
}

/** The files and devices of /proc/swaps. */
export function parseSwaps(text: string): string[] {
  return lines(text)
    .slice(1)
    .map((line) => unescaped(line.split(/\s/, 1)[0] ?? ''));
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** The kernel writes blanks, line ends and backslashes of a name as three octal digits. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}
