import type { DiskForecast } from '../../generated/schema.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { snapshotLimit } from '../chains/counts.ts';
import { growthPerDay, type Plan, type Steady, steadyState } from '../model/advice/forecast.ts';
import { costOf } from '../model/advice/price.ts';
import { gapsOf } from '../model/advice/week.ts';
import { partsOfChain } from '../model/chains/members.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { policyEntity } from '../model/policies/rows.ts';
import type { Service } from '../service.ts';
import { type MeasuredChain, measureChain } from './measure.ts';

/** The policy of a disk as a plan; undefined for a disk without one. */
export async function planOf(catalogue: Catalogue, { accountId, policyId }: DiskRow): Promise<Plan | undefined> {
  if (policyId === undefined) return undefined;
  const policy = await catalogue.get(policyEntity, { accountId, id: policyId });
  if (policy === undefined) return undefined;
  const { hours, weekdays, retentionDays } = policy;
  return { hours, weekdays, retentionDays };
}

/** What has to be known of a disk to say what any of these plans would take. */
export async function measureFor(service: Service, disk: DiskRow, plans: readonly Plan[]) {
  const { catalogue } = service;
  const { snapshots, withBases } = await partsOfChain(catalogue, { accountId: disk.accountId, chainId: disk.id });
  const measured = await measureChain(service, snapshots, plans.flatMap(gapsOf));
  return { withBases, measured, quota: await snapshotLimit(catalogue, disk, 'AUTO') };
}

export interface Known {
  readonly measured: MeasuredChain | undefined;
  readonly quota: number;
  /** What a plan is compared with. */
  readonly current: Plan | undefined;
  readonly price: number | undefined;
}

/** What the snapshots of a disk take under a plan, and how much less that is than now. */
export function tellForecast(plan: Plan, { measured, quota, current, price }: Known): Omit<DiskForecast, 'disk'> {
  const steady = stateOf(plan, measured, quota);
  const now = current && stateOf(current, measured, quota)?.storedBytes;
  const storedBytes = steady?.storedBytes ?? null;
  const savedBytes = now === undefined || storedBytes === null ? null : now - storedBytes;
  return {
    snapshotCount: steady?.snapshots ?? null,
    storedBytes,
    addedBytesPerDay: (measured && growthPerDay(plan, measured)) ?? null,
    cost: costOf(storedBytes, price),
    savedBytes,
    savedCost: costOf(savedBytes, price),
    measured: steady?.measured ?? false,
  };
}

function stateOf(plan: Plan, measured: MeasuredChain | undefined, quota: number): Steady | undefined {
  return measured && steadyState(plan, measured, quota);
}
