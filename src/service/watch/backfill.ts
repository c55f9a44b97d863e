import { domainCountEntity } from '../../engine/books/rows.ts';
import { type Catalogue, equal, put } from '../../platform/catalogue/port.ts';
import { pagesOfRows, rowsOf } from '../../platform/catalogue/rows-of.ts';
import { type DiskRow, diskEntity, domainEntity } from '../model/disks/rows.ts';
import { type WatchBackfillRow, watchBackfillEntity } from '../model/watch/rows.ts';
import { watchNew } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';
import type { WatchRound } from './sweep.ts';

const PAGE = 100;
const IN_FLIGHT = 8;
/** Every domain has this counter from its beginning. */
const FIRST_SHARD = 0;

/**
 * Has the disks of earlier versions looked at for the first time, once: from domain to domain. All
 * disks that are made since then have their rows from the start. Twice does no harm.
 */
export async function backfillWatch(service: Service, round: WatchRound): Promise<void> {
  const { catalogue } = service;
  const known = await catalogue.get(watchBackfillEntity, { id: 'watch' });
  if (known?.state === 'DONE') return;
  const after = known?.afterDomain === undefined ? {} : { after: { domainId: known.afterDomain } };
  const query = { index: 'byShard' as const, partition: { shard: FIRST_SHARD }, pageSize: PAGE, ...after };
  for await (const { domainId } of rowsOf(catalogue, domainCountEntity, query)) {
    if (round.isOver() || !(await backfillDomain(service, round, domainId))) return;
    await keep(catalogue, { id: 'watch', state: 'GOING', afterDomain: domainId });
  }
  await keep(catalogue, { id: 'watch', state: 'DONE' });
}

/** What is done stays done, also where another round has overtaken this one. */
async function keep(catalogue: Catalogue, row: WatchBackfillRow): Promise<void> {
  const moved = await catalogue.transact([put(watchBackfillEntity, row, [equal('state', 'GOING')])]);
  if (!moved.ok) await catalogue.transact([put(watchBackfillEntity, row, 'absent')]);
}

/**
 * All disks of its account and region: those of another domain are then sent for twice. Answers
 * whether it is whole.
 */
async function backfillDomain(service: Service, round: WatchRound, domainId: string): Promise<boolean> {
  const { catalogue } = service;
  const domain = await catalogue.get(domainEntity, { id: domainId });
  if (domain === undefined) return true;
  const { accountId, region } = domain;
  const query = { index: 'byCreation' as const, partition: { accountId, region }, pageSize: PAGE };
  const send = async (disk: DiskRow) => {
    for (const write of watchNew(service, disk)) {
      await catalogue.tryWrite(write);
      round.count('backfilled');
    }
  };
  for await (const { rows } of pagesOfRows(catalogue, diskEntity, query)) {
    if (!(await round.each(rows, send, { atOnce: IN_FLIGHT }))) return false;
  }
  return true;
}
