import type { Change } from '../../../platform/catalogue/port.ts';
import { isoTime } from '../../../platform/clock.ts';
import { invalid } from '../../../platform/errors.ts';
import type { Caller } from '../../calls/caller.ts';
import { requireCount } from '../../calls/numbers.ts';
import { asAttributes, PROBLEM, type Problem, waitAfter } from '../../calls/problems.ts';
import { chooseRegion } from '../../calls/regions.ts';
import type { Regions } from '../../service.ts';
import { copyWakeAt, PLACE, type PolicyCopyRow } from './copy-rows.ts';
import type { CopyTarget } from './rows.ts';
import { parseRetention } from './rules.ts';

/** Rule 7.2. */
const TARGETS = { min: 0, max: 3 };

interface GivenTarget {
  readonly region: string;
  readonly retentionDays?: number | null;
}

/** `own` is the policy's region. */
export function parseCopyTargets(
  { regions, caller, own }: { readonly regions: Regions; readonly caller: Caller; readonly own: string },
  given: readonly GivenTarget[],
): readonly CopyTarget[] {
  requireCount('copyTargets', given, TARGETS);
  return given.map(({ region: wanted, retentionDays }, at) => {
    const field = `copyTargets.${at}`;
    const region = chooseRegion(regions, caller, wanted, `${field}.region`);
    if (region === own) throw invalid(`${field}.region`, 'is the region of the policy itself');
    if (given.findIndex((other) => other.region === region) !== at) throw invalid(`${field}.region`, 'is given twice');
    if (retentionDays == null) return { region };
    return { region, retentionDays: parseRetention(`${field}.retentionDays`, retentionDays) };
  });
}

const MINUTE_MS = 60_000;
/** The longest that one is put off: what is further away was put there by a wrong clock (10.4). */
export const LONGEST_COPY_WAIT_MS = 60 * MINUTE_MS;
const WAITS = { firstMs: MINUTE_MS, longestMs: LONGEST_COPY_WAIT_MS };
/** A quota, a key or an account may take a person some days. */
const TRIED_FOR_MS = 7 * 24 * 60 * MINUTE_MS;

/** It could not begin, or its copy came to nothing: it is tried again for 7 days. */
export function afterTrouble(row: PolicyCopyRow, problem: Problem, nowMs: number): Change<PolicyCopyRow> {
  if (Date.parse(row.createdAt) + TRIED_FOR_MS <= nowMs) return ended('FAILED', nowMs, problem);
  const set = {
    ...copyWakeAt(row, isoTime(nowMs + waitAfter(row.attempts, WAITS))),
    status: 'WAITING' as const,
    attempts: row.attempts + 1,
    ...asAttributes(problem, row.problemSince ?? isoTime(nowMs)),
  };
  return { set, remove: ['copyId'] };
}

/** It is over. */
export function ended(
  status: 'DONE' | 'SKIPPED' | 'FAILED' | 'CANCELLED',
  nowMs: number,
  problem?: Problem,
): Change<PolicyCopyRow> {
  const set = { status, finishedAt: isoTime(nowMs), ...(problem && asAttributes(problem, isoTime(nowMs))) };
  return { set, remove: [...PLACE, ...(problem === undefined ? PROBLEM : [])] };
}
