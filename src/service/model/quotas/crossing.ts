import type { QuotaKind } from '../../../generated/schema.ts';
import type { Write } from '../../../platform/catalogue/port.ts';
import { type EventDeps, recordEvent } from '../events/record.ts';

/** How full a quota was when somebody was told last. */
export type ToldQuota = 'NEARLY_FULL' | 'FULL';

/** How close to what is told concurrent calls are kept from overtaking each other. */
const NEAR = 64;

export interface OneMore {
  readonly limit: number;
  /** Before the one. */
  readonly used: number;
  readonly told: ToldQuota | undefined;
}

/** What one more of something changes of what was told. */
export interface Crossing {
  /** What is to be stored as told; undefined where nothing is. */
  readonly told: ToldQuota | undefined;
  /** Whether it is to be told now. */
  readonly isNew: boolean;
  /** Whether the decision stands only while exactly as many are used. */
  readonly isNear: boolean;
}

/**
 * Rule 8.5: at 80 % and at 100 % of a quota, once each until less than 80 % are used again. So a
 * chain in which old snapshots give way, and which is filled at each slot, is told once.
 */
export function crossing({ limit, used, told }: OneMore): Crossing {
  const nearly = Math.ceil(limit * 0.8);
  const known = used < nearly ? undefined : told;
  const level = used + 1 >= limit ? 'FULL' : used + 1 >= nearly ? 'NEARLY_FULL' : undefined;
  const isNew = level !== undefined && level !== known && known !== 'FULL';
  const isNear = [nearly, limit].some((at) => at > used && at - used <= NEAR);
  return { told: isNew ? level : known, isNew, isNear };
}

interface Place {
  readonly accountId: string;
  readonly region?: string;
  readonly quota: QuotaKind;
  readonly diskId?: string;
}

/** None if there is nothing to tell. */
export function tellCrossing(
  deps: EventDeps,
  { accountId, region, quota, diskId }: Place,
  { limit, used, told }: OneMore,
): Write[] {
  const crossed = crossing({ limit, used, told });
  if (!crossed.isNew) return [];
  return [
    recordEvent(deps, {
      accountId,
      ...(region !== undefined && { region }),
      type: crossed.told === 'FULL' ? 'quota.full' : 'quota.nearly_full',
      subject: { kind: 'account', id: accountId },
      data: { quota, limit, used: used + 1, diskId: diskId ?? null },
    }),
  ];
}
