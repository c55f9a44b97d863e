import { readFileSync, statSync } from 'node:fs';
import type { ClockObservation } from './explain-clock.ts';

/** How the system's files are read; undefined for one that is not there. */
export interface SystemFiles {
  readonly text: (path: string) => string | undefined;
  readonly modifiedAt: (path: string) => number | undefined;
}

/** Of Linux: another for each boot. */
const BOOT_ID = '/proc/sys/kernel/random/boot_id';
/** Seconds since boot, with the time that the machine was suspended. */
const UPTIME = '/proc/uptime';
/**
 * Written by systemd-timesyncd and chrony when they have compared the clock with others. What a
 * person sets by hand leaves them as they are, so that they are soon old.
 */
const SYNCHRONISED = ['/run/systemd/timesync/synchronized', '/var/lib/chrony/drift', '/var/lib/chrony/chrony.drift'];
/** timesyncd compares every 34 minutes at least; chrony writes its drift once an hour. */
const LATELY_MS = 70 * 60_000;

/** What this machine says of its clock, besides the clock itself. */
export type SystemTime = (at: number) => Pick<ClockObservation, 'boot' | 'uptimeMs' | 'isSynchronised'>;

/** `elapsedMs` stands for the time since boot where the system has no file for it. */
export function createSystemTime(files: SystemFiles, elapsedMs: () => number): SystemTime {
  return (at) => {
    const boot = files.text(BOOT_ID)?.trim();
    const seconds = Number.parseFloat(files.text(UPTIME) ?? '');
    return {
      ...(boot !== undefined && { boot }),
      uptimeMs: Number.isNaN(seconds) ? elapsedMs() : Math.round(seconds * 1000),
      isSynchronised: SYNCHRONISED.some((path) => isLately(files.modifiedAt(path), at)),
    };
  };
}

function isLately(modifiedAt: number | undefined, at: number): boolean {
  return modifiedAt !== undefined && Math.abs(at - modifiedAt) <= LATELY_MS;
}

export const systemFiles: SystemFiles = {
  text: (path) => orUndefined(() => readFileSync(path, 'utf8')),
  modifiedAt: (path) => orUndefined(() => statSync(path).mtimeMs),
};

/** A system without such a file says nothing, which is no failure. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
