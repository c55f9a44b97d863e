import type { Entity, RowOf } from '../../platform/catalogue/entity.ts';
import { type Catalogue, patch, put, type Write } from '../../platform/catalogue/port.ts';
import type { Clock } from '../../platform/clock.ts';
import { type AccountRow, accountEntity, apiKeyEntity } from '../model/accounts/rows.ts';
import {
  meteredDayEntity,
  meteredDayPageEntity,
  meteredHourEntity,
  meteredPageEntity,
} from '../model/capacity/metering-rows.ts';
import { sampleEntity } from '../model/capacity/rows.ts';
import { attachmentWrite, withInstances } from '../model/disks/attachments.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { attachedTo } from '../model/disks/rules.ts';
import { type InstanceRow, instanceEntity } from '../model/instances/rows.ts';
import { isHost } from '../model/instances/rules.ts';
import { jobEntity } from '../model/jobs/rows.ts';
import { balanceEntity, movementEntity, packageEntity, priceEntity } from '../model/money/rows.ts';
import { scrubEntity } from '../model/scrubs/rows.ts';

/** An earlier state of the catalogue. */
export interface CatalogueCopy {
  /** When the catalogue was in this state, ISO 8601. */
  readonly asOf: string;
  rows<E extends Entity>(entity: E): Iterable<RowOf<E>>;
}

/** How many of each were taken, and which instances could not be. */
export interface TakenFromCopy {
  readonly asOf: string;
  readonly accounts: number;
  readonly apiKeys: number;
  readonly arrears: number;
  readonly instances: number;
  readonly jobs: number;
  readonly scrubs: number;
  readonly samples: number;
  /** Their system disk is not there any more. */
  readonly instancesLost: readonly string[];
}

interface Deps {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
}

/**
 * After a rebuild: what manifests do not have, from a copy of the catalogue. What is there stays as
 * it is, so manifests win, and a run that was cut off is repeated. Not taken is what would refer to
 * anything that only the lost catalogue knew: drafts, leases, open runs of policies, work in the
 * ledger.
 */
export async function takeFromCopy(deps: Deps, copy: CatalogueCopy, onlyAccount?: string): Promise<TakenFromCopy> {
  const isWanted = (accountId: string) => onlyAccount === undefined || accountId === onlyAccount;
  const isDue = ({ forgetAt }: { readonly forgetAt: number }) => forgetAt * 1000 > deps.clock.now();
  const add = async <E extends Entity>(entity: E, wanted: (row: RowOf<E>) => boolean): Promise<number> => {
    let added = 0;
    for (const row of copy.rows(entity)) if (wanted(row) && (await isAdded(deps, [put(entity, row)]))) added++;
    return added;
  };
  const accounts = await add(accountEntity, ({ id }) => isWanted(id));
  const apiKeys = await add(apiKeyEntity, ({ accountId }) => isWanted(accountId));
  let arrears = 0;
  for (const row of copy.rows(accountEntity)) if (isWanted(row.id) && (await takeArrears(deps, row))) arrears++;
  const instancesLost: string[] = [];
  let instances = 0;
  for (const row of copy.rows(instanceEntity)) {
    if (!isWanted(row.accountId) || isHost(row)) continue;
    const outcome = await takeInstance(deps, row);
    if (outcome === 'LOST') instancesLost.push(row.id);
    if (outcome === 'TAKEN') instances++;
  }
  await takeMoney(add, isWanted, isDue);
  return {
    asOf: copy.asOf,
    accounts,
    apiKeys,
    arrears,
    instances,
    jobs: await add(jobEntity, (row) => isWanted(row.accountId) && isDue(row)),
    scrubs: await add(scrubEntity, ({ accountId, status }) => isWanted(accountId) && status !== 'RUNNING'),
    samples: await add(sampleEntity, (row) => isWanted(row.accountId) && isDue(row)),
    instancesLost,
  };
}

type Add = <E extends Entity>(entity: E, wanted: (row: RowOf<E>) => boolean) => Promise<number>;

/** Prices, packages, balances, and what open months are added up from. */
async function takeMoney(
  add: Add,
  isWanted: (accountId: string) => boolean,
  isDue: (row: { readonly forgetAt: number }) => boolean,
): Promise<void> {
  await add(priceEntity, () => true);
  await add(packageEntity, ({ accountId }) => isWanted(accountId));
  await add(balanceEntity, ({ accountId }) => isWanted(accountId));
  await add(movementEntity, ({ accountId }) => isWanted(accountId));
  const metered = (row: { readonly accountId: string; readonly forgetAt: number }) =>
    isWanted(row.accountId) && isDue(row);
  await add(meteredPageEntity, metered);
  await add(meteredDayPageEntity, metered);
  await add(meteredDayEntity, metered);
  await add(meteredHourEntity, metered);
}

/** Refused where there is one. */
async function isAdded({ catalogue }: Deps, writes: readonly Write[]): Promise<boolean> {
  return (await catalogue.transact(writes)).ok;
}

/** Manifests follow the settings of an account, and not whether it pays: the copy knows better. */
async function takeArrears({ catalogue }: Deps, copied: AccountRow): Promise<boolean> {
  const { id, arrearsSince, arrearsBy, arrearsShard, arrearsCheckAt } = copied;
  const row = await catalogue.get(accountEntity, { id });
  if (row === undefined || row.arrearsSince === arrearsSince) return false;
  const change =
    arrearsSince === undefined
      ? { remove: ['arrearsSince', 'arrearsBy', 'arrearsShard', 'arrearsCheckAt'] as const }
      : {
          set: {
            id,
            arrearsSince,
            ...(arrearsBy !== undefined && { arrearsBy }),
            ...(arrearsShard !== undefined && { arrearsShard }),
            ...(arrearsCheckAt !== undefined && { arrearsCheckAt }),
          },
        };
  return (await catalogue.transact([patch(accountEntity, { id }, change)])).ok;
}

/** With the disks that there still are. They hold it again in the same transaction. */
async function takeInstance(deps: Deps, copied: InstanceRow): Promise<'TAKEN' | 'THERE' | 'LOST'> {
  const { accountId, id, systemDiskId, dataDiskIds, revision, status } = copied;
  if ((await deps.catalogue.get(instanceEntity, { accountId, id })) !== undefined) return 'THERE';
  if (status !== 'RUNNING' && status !== 'STOPPED') return 'LOST';
  const diskOf = async (diskId: string): Promise<DiskRow | undefined> => {
    const disk = await deps.catalogue.get(diskEntity, { accountId, id: diskId });
    return disk?.status === 'AVAILABLE' || disk?.status === 'IN_USE' ? disk : undefined;
  };
  const systemDisk = systemDiskId === undefined ? undefined : await diskOf(systemDiskId);
  if (systemDisk === undefined) return 'LOST';
  const dataDisks = (await Promise.all(dataDiskIds.map(diskOf))).filter((disk) => disk !== undefined);
  const row: InstanceRow = { ...copied, dataDiskIds: dataDisks.map((disk) => disk.id), revision: revision + 1 };
  const attached = [systemDisk, ...dataDisks].map((disk) =>
    attachmentWrite(disk, withInstances(disk, [...attachedTo(disk), id])),
  );
  return (await isAdded(deps, [put(instanceEntity, row), ...attached])) ? 'TAKEN' : 'THERE';
}
