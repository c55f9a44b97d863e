import { readFileSync } from 'node:fs';

/** What a process has used so far. */
export interface Usage {
  readonly cpuS: number;
  /** Largest resident set so far, MiB. */
  readonly peakMib: number;
  /** Resident set now, MiB. */
  readonly residentMib: number;
}

/** USER_HZ, which Linux fixes at 100 for all programs to see. */
const TICKS_PER_SECOND = 100;

/** From /proc; undefined once the process has ended. */
export function usageOf(pid: number): Usage | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [, peak, resident] = /^VmHWM:\s+(\d+) kB\nVmRSS:\s+(\d+) kB$/m.exec(status(pid)) ?? [];
    if (peak === undefined) return undefined; // ended, and not yet collected
    const cpuS = (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
    return { cpuS, peakMib: Number(peak) / 1024, residentMib: Number(resident) / 1024 };
  } catch {
    return undefined;
  }
}

function status(pid: number): string {
  return readFileSync(`/proc/${pid}/status`, 'utf8');
}
