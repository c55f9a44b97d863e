import type { Catalogue } from '../../../platform/catalogue/port.ts';
import type { Counted } from '../quotas/register.ts';
import { type ScrubRow, scrubEntity } from './rows.ts';

interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** Scrubs that began before there was a register are among the latest. */
const LATEST = 1000;

/** The scrubs of an account in a region that were asked for and have not ended. */
export function scrubsUnderWay(catalogue: Catalogue, { accountId, region }: Place): Counted {
  const running = (rows: readonly (ScrubRow | undefined)[]): string[] =>
    rows.flatMap((row) => (row?.status === 'RUNNING' ? [row.id] : []));
  return {
    existing: async () => {
      const query = { index: 'byCreation', partition: { accountId, region }, limit: LATEST, descending: true } as const;
      return running((await catalogue.list(scrubEntity, query)).rows);
    },
    living: async (ids) => {
      const keys = ids.map((id) => ({ accountId, id }));
      return running(await catalogue.getMany(scrubEntity, keys));
    },
  };
}
