import { readFileSync } from 'node:fs';

/** What a process has used so far. */
export interface Usage {
  readonly cpuS: number;
  /** Largest resident set so far, MiB. */
  readonly peakMib: number;
}

/** USER_HZ, which Linux fixes at 100 for all programs to see. */
const TICKS_PER_SECOND = 100;

/** From /proc; undefined once the process has ended. */
export function usageOf(pid: number): Usage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    if (peak === null) return undefined; // ended, and not yet collected
    return { cpuS: (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND, peakMib: Number(peak[1]) / 1024 };
  } catch {
    return undefined;
  }
}
