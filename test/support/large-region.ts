import { put, type Write } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { policyRegisterEntity } from '../../src/service/model/policies/rows.ts';
import { slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { quotaUseEntity } from '../../src/service/model/quotas/rows.ts';
import { REGION, type TestAccount, type TestApi } from './api.ts';
import { createDisk } from './operations.ts';
import { HOUR_MS } from './timer.ts';

export interface RegionSize {
  readonly disks: number;
  /** Of disks that were released, with snapshots left. */
  readonly oldChains?: number;
  readonly snapshotsEach: number;
  /** Each runs each hour. */
  readonly policies?: number;
}

/** What one transaction takes. */
const ROWS_AT_ONCE = 100;
const SLOTS = 30;

/** Puts the rows that an overview counts straight into the catalogue. */
export async function fillRegion(api: TestApi, account: TestAccount, size: RegionSize): Promise<void> {
  const { disks, policies = 0 } = size;
  const place = { accountId: account.id, region: REGION };
  const ids = Array.from({ length: policies }, (_, at) => `sp-${String(at).padStart(20, '0')}`);
  const rows = [
    ...(await diskRows(api, account, size)),
    ...ids.flatMap((id) => slotRows(account, api.clock.now(), id)),
    put(policyRegisterEntity, { ...place, ids, revision: 0 }, 'any'),
    put(quotaUseEntity, { ...place, kind: 'DISKS', used: disks }, 'any'),
  ];
  for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
    const { ok } = await api.catalogue.transact(rows.slice(at, at + ROWS_AT_ONCE));
    if (!ok) throw new Error('rows of the region were refused');
  }
}

/** Copies of a disk that was made by the API; that one is among them. */
async function diskRows({ catalogue, service: { ids } }: TestApi, account: TestAccount, size: RegionSize) {
  const { disks, oldChains = 0, snapshotsEach } = size;
  const key = { accountId: account.id, id: (await createDisk(account)).id };
  const [disk, chain] = [await catalogue.get(diskEntity, key), await catalogue.get(chainEntity, key)];
  if (disk === undefined || chain === undefined) throw new Error('the disk that was made is not there');
  const idOf = (at: number) => (at === 0 ? key.id : ids.next('d'));
  return Array.from({ length: disks + oldChains }, (_, at): Write[] => {
    const id = idOf(at);
    const isOld = at >= disks;
    const ofChain = put(chainEntity, { ...chain, id, autoCount: snapshotsEach, diskReleased: isOld }, 'any');
    return isOld ? [ofChain] : [ofChain, put(diskEntity, { ...disk, id }, 'any')];
  }).flat();
}

function slotRows({ id: accountId }: TestAccount, nowMs: number, of: string): Write[] {
  return Array.from({ length: SLOTS }, (_, at) => {
    const slotAt = isoTime(Math.floor(nowMs / HOUR_MS - at) * HOUR_MS);
    const made = { status: 'DONE' as const, date: slotAt.slice(0, 10), openedAt: slotAt, finishedAt: slotAt };
    const copyTargets = ['here', 'there', 'elsewhere'].map((region) => ({ region, retentionDays: 90 }));
    const counts = { missedSlots: 0, done: 1, skipped: 0, failed: 0, again: 0 };
    const forgetAt = Math.floor(nowMs / 1000) + 3600;
    return put(slotEntity, {
      accountId,
      policyId: of,
      slotAt,
      region: REGION,
      ...made,
      ...counts,
      retentionDays: 30,
      copyTargets,
      forgetAt,
    });
  });
}
