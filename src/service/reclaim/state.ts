import { reclaimOf } from '../../engine/reclaim/reclaim-state.ts';
import { isSettled } from '../../engine/tree/preview.ts';
import type { Reclaim } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Caller } from '../calls/caller.ts';
import { chooseRegion } from '../calls/regions.ts';
import { domainsOf } from '../model/disks/domains.ts';
import type { Service } from '../service.ts';

const IN_FLIGHT = 4; // each asks the index at thirty-two ends
const HOUR_MS = 3600_000;

export async function reclaimState(
  { catalogue, regions, reclaimGraceMs }: Service,
  caller: Caller,
  wanted: string | null | undefined,
): Promise<Reclaim> {
  const region = chooseRegion(regions, caller, wanted);
  const { accountId } = caller;
  const domains = await domainsOf(catalogue, { accountId, region });
  const parts = await mapBounded(domains, IN_FLIGHT, ({ id }) => reclaimOf(catalogue, id));
  const sum = (name: 'waitingObjects' | 'waitingBytes' | 'freedObjects' | 'freedBytes') =>
    parts.reduce((total, part) => total + part[name], 0);
  const since = parts.flatMap((part) => part.since ?? []);
  const dueAt = (times: readonly number[], pick: (...all: number[]) => number): string | null =>
    times.length === 0 ? null : isoTime(pick(...times) + reclaimGraceMs);
  return {
    region,
    waitingObjects: sum('waitingObjects'),
    waitingBytes: sum('waitingBytes'),
    nextAt: dueAt(
      since.map(({ first }) => first),
      Math.min,
    ),
    allAt: dueAt(
      since.map(({ last }) => last),
      Math.max,
    ),
    graceHours: reclaimGraceMs / HOUR_MS,
    underWay: !(await isSettled({ catalogue }, accountId)),
    freedObjects: sum('freedObjects'),
    freedBytes: sum('freedBytes'),
  };
}
