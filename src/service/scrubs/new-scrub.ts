import { type Clock, isoTime } from '../../platform/clock.ts';
import type { Ids } from '../../platform/ids.ts';
import { RUN_SHARDS, type ScrubRow } from '../model/scrubs/rows.ts';

/** What is stored under no key. */
export const PLAIN = 'plain';

export type Scope = Pick<ScrubRow, 'region' | 'targetId' | 'chainId' | 'keyId' | 'domainId'>;

export function newScrub(
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
  accountId: string,
  asked: Scope & Pick<ScrubRow, 'samplePercent' | 'repair'>,
): ScrubRow {
  const now = clock.now();
  const given = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined));
  return {
    ...(given as typeof asked),
    accountId,
    id: ids.next('sc'),
    status: 'RUNNING',
    phase: 'CONTENTS',
    step: 0,
    versionsRead: 0,
    versions: 0,
    objectsRead: 0,
    bytesRead: 0,
    damaged: 0,
    objectsCounted: 0,
    wrongCounts: 0,
    mended: 0,
    unsettled: 0,
    findings: [],
    createdAt: isoTime(now),
    touchedAt: isoTime(now),
    runShard: now % RUN_SHARDS,
  };
}
