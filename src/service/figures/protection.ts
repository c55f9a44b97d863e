import { type Catalogue, put } from '../../platform/catalogue/port.ts';
import { type Clock, isoTime } from '../../platform/clock.ts';
import { OVERVIEW_SHARDS, overviewEntity, recountEntity } from '../model/overview/rows.ts';

/** Disks by what the janitor last found of them (8.4). LOCAL disks are in none of these. */
export interface ProtectionFigures {
  readonly protectedDisks: number;
  readonly disksInBreach: number;
  readonly exemptDisks: number;
  /** Without an objective. */
  readonly unprotectedDisks: number;
}

export const NO_PROTECTION: ProtectionFigures = {
  protectedDisks: 0,
  disksInBreach: 0,
  exemptDisks: 0,
  unprotectedDisks: 0,
};

interface Place {
  readonly accountId: string;
  readonly region: string;
}

interface Protection {
  readonly figures: ProtectionFigures;
  /** False until the overview of the region has been counted for the first time. */
  readonly isWhole: boolean;
}

/**
 * From the counters of the overview. Where nobody has asked for it yet there are none: then the
 * janitor is asked to count, which it does within a minute. Else a breach in such a region would
 * never raise an alert.
 */
export async function protectionIn(
  { catalogue, clock }: { readonly catalogue: Catalogue; readonly clock: Clock },
  place: Place,
  disks: number,
): Promise<Protection> {
  if (disks === 0) return { figures: NO_PROTECTION, isWhole: true };
  if ((await catalogue.get(recountEntity, place)) === undefined) {
    const first = { ...place, queue: 'recount', dueAt: isoTime(clock.now()) } as const;
    await catalogue.tryWrite(put(recountEntity, first, 'absent'));
    return { figures: NO_PROTECTION, isWhole: false };
  }
  const keys = Array.from({ length: OVERVIEW_SHARDS }, (_, shard) => ({ ...place, shard }));
  const shards = await catalogue.getMany(overviewEntity, keys);
  if (shards.some((row) => row?.countedAt === undefined)) return { figures: NO_PROTECTION, isWhole: false };
  const sum = (name: 'protected' | 'inBreach' | 'exempt' | 'local') =>
    shards.reduce((all, row) => all + (row?.[name] ?? 0), 0);
  const [protectedDisks, disksInBreach, exemptDisks] = [sum('protected'), sum('inBreach'), sum('exempt')];
  const watched = protectedDisks + disksInBreach + exemptDisks + sum('local');
  // The two are read one after the other, and a disk may have come or gone between.
  const unprotectedDisks = Math.max(disks - watched, 0);
  return { figures: { protectedDisks, disksInBreach, exemptDisks, unprotectedDisks }, isWhole: true };
}
