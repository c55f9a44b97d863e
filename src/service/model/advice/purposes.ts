import type { AdvicePurpose, DiskKind, PurposeAdvice } from '../../../generated/schema.ts';
import type { Tags } from '../../calls/tags.ts';

/** The tag that says what a disk or a snapshot is for. */
export const PURPOSE_TAG = 'purpose';

/**
 * The guide's table (8.3). The rule book names the purposes. How often and how long is ours: what
 * large clouds recommend.
 */
export const PURPOSES: readonly PurposeAdvice[] = [
  { purpose: 'CORE_APPLICATION', tag: 'core', everyDays: 1, keepDays: 30 },
  { purpose: 'OTHER_APPLICATION', tag: 'other', everyDays: 7, keepDays: 28 },
  { purpose: 'SYSTEM_DISK', tag: 'system', everyDays: 7, keepDays: 14 },
  // Taken by hand before the change or the test.
  { purpose: 'UPGRADE', tag: 'upgrade', everyDays: null, keepDays: 7 },
  { purpose: 'TEST', tag: 'test', everyDays: null, keepDays: 7 },
];

/** Nothing younger than this is advised to go, whatever it is for. */
export const SHORTEST_KEEP_DAYS = Math.min(...PURPOSES.map(({ keepDays }) => keepDays));

/**
 * By the first of these that has a tag which is one of the table; else by the kind of the disk. A
 * snapshot goes before its disk: it may be that of an upgrade of a core application.
 */
export function purposeOf(kind: DiskKind, ...tagged: readonly (Tags | undefined)[]): PurposeAdvice {
  for (const tags of tagged) {
    const value = tags?.find(({ key }) => key === PURPOSE_TAG)?.value.toLowerCase();
    const found = PURPOSES.find(({ tag }) => tag === value);
    if (found !== undefined) return found;
  }
  return adviceFor(kind === 'SYSTEM' ? 'SYSTEM_DISK' : 'OTHER_APPLICATION');
}

function adviceFor(purpose: AdvicePurpose): PurposeAdvice {
  return PURPOSES.find((row) => row.purpose === purpose) as PurposeAdvice;
}
