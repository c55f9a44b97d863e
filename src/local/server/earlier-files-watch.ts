import { damageEntity } from '../../engine/books/rows.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { pagesOfRows, rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime, systemClock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import { chainEntity } from '../../service/model/chains/rows.ts';
import { VERIFY_SHARDS } from '../../service/model/chains/verify-place.ts';
import { adviceOn, findEarlierFiles, noteEarlierFiles } from '../folder/earlier-files.ts';
import { LOCAL_REGION } from '../names.ts';

export interface EarlierFilesWatch {
  stop(): void;
}

const EVERY_MS = 10 * 60_000;

/**
 * Looks now and then whether everything has been read back since the folder was taken over from an
 * earlier version, and says once that what that left may be deleted. Nothing deletes it by itself.
 */
export function watchEarlierFiles(
  { folder, catalogue, log }: { readonly folder: string; readonly catalogue: Catalogue; readonly log: Log },
  everyMs = EVERY_MS,
): EarlierFilesWatch {
  const timer = setInterval(() => {
    look().catch((error: unknown) => log.error('what an earlier version left was not looked at', { error }));
  }, everyMs).unref();
  const look = async () => {
    const earlier = findEarlierFiles(folder);
    if (earlier === undefined || earlier.verifiedAt !== undefined) return clearInterval(timer);
    if (!(await isReadBack(catalogue, earlier.takenOverAt))) return;
    const verified = { ...earlier, verifiedAt: isoTime(systemClock.now()) };
    noteEarlierFiles(verified);
    log.warn(adviceOn(verified));
  };
  return { stop: () => clearInterval(timer) };
}

const PAGE = 100;

/** Whether all chains have been read back since an instant, and nothing is damaged. */
export async function isReadBack(
  catalogue: Pick<Catalogue, 'list'>,
  since: string,
  regionId = LOCAL_REGION,
): Promise<boolean> {
  const accounts = new Set<string>();
  for (let verifyShard = 0; verifyShard < VERIFY_SHARDS; verifyShard++) {
    // The chain that waits longest is the first.
    const query = { index: 'byVerified', partition: { verifyShard }, pageSize: PAGE } as const;
    for await (const { rows } of pagesOfRows(catalogue, chainEntity, query)) {
      if (rows.some(({ verifyFrom }) => (verifyFrom ?? '') < since)) return false;
      for (const { accountId } of rows) accounts.add(accountId);
    }
  }
  for (const accountId of accounts) {
    const partition = { accountId, regionId };
    for await (const { healedAt } of rowsOf(catalogue, damageEntity, { partition, pageSize: PAGE }))
      if (healedAt === undefined) return false;
  }
  return true;
}
