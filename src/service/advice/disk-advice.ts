import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { MeasuredChange, PolicyForecast, PurposeAdvice } from '../../generated/schema.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import type { Caller } from '../calls/caller.ts';
import { snapshotLimit } from '../chains/counts.ts';
import { capacityOf } from '../chains/sizes.ts';
import { growthPerDay, type Plan, type Steady, steadyState } from '../model/advice/forecast.ts';
import { optionsFor } from '../model/advice/options.ts';
import { costOf, parsePrice } from '../model/advice/price.ts';
import { purposeOf } from '../model/advice/purposes.ts';
import { gapsOf, worstLossHours } from '../model/advice/week.ts';
import { partsOfChain } from '../model/chains/members.ts';
import { findDisk } from '../model/disks/find.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { requireSnapshotable } from '../model/disks/rules.ts';
import { policyEntity } from '../model/policies/rows.ts';
import type { Service } from '../service.ts';
import { type MeasuredChain, type MeasuredPoint, measureChain } from './measure.ts';
import { priceInForce } from './price-in-force.ts';

export interface DiskAdvice {
  readonly disk: DiskRow;
  readonly purpose: PurposeAdvice;
  readonly totalStoredBytes: number | null;
  readonly storedBytes: number | null;
  readonly changes: readonly MeasuredChange[];
  readonly options: readonly PolicyForecast[];
}

interface AdviceArgs {
  readonly diskId: string;
  readonly pricePerGibMonth?: number | null | undefined;
}

/** Rule 8.3. */
export async function diskAdvice(service: Service, caller: Caller, args: AdviceArgs): Promise<DiskAdvice> {
  const named = parsePrice('pricePerGibMonth', args.pricePerGibMonth);
  const disk = await findDisk(service.catalogue, caller, args.diskId);
  requireSnapshotable(disk);
  return adviseOn(service, disk, named ?? (await priceInForce(service, disk.region)));
}

export async function adviseOn(service: Service, disk: DiskRow, price: number | undefined): Promise<DiskAdvice> {
  const { catalogue } = service;
  const { accountId, id, kind, tags } = disk;
  const purpose = purposeOf(kind, tags);
  const options = optionsFor(await planOf(catalogue, disk), purpose);
  const hours = options.flatMap(({ plan }) => gapsOf(plan));
  const { snapshots, withBases } = await partsOfChain(catalogue, { accountId, chainId: id });
  const measured = await measureChain(service, snapshots, hours);
  const quota = await snapshotLimit(catalogue, disk, 'AUTO');
  const told = options.map(({ option, plan }) => ({ option, plan, steady: stateOf(plan, measured, quota) }));
  const current = told.find(({ option }) => option === 'CURRENT')?.steady?.storedBytes;
  return {
    disk,
    purpose,
    totalStoredBytes: measured?.totalBytes ?? null,
    storedBytes: capacityOf(withBases)?.storedBytes ?? null,
    changes: (measured?.points ?? [])
      .toSorted((a, b) => a.ageHours - b.ageHours)
      .map((point) => changeOf(point, measured?.bytesPerBlock ?? 0)),
    options: told.map(({ option, plan, steady }) => {
      const storedBytes = steady?.storedBytes ?? null;
      const savedBytes = current === undefined || storedBytes === null ? null : current - storedBytes;
      return {
        option,
        hours: plan.hours,
        weekdays: plan.weekdays,
        retentionDays: plan.retentionDays ?? null,
        worstLossHours: worstLossHours(plan),
        snapshotCount: steady?.snapshots ?? null,
        storedBytes,
        addedBytesPerDay: (measured && growthPerDay(plan, measured)) ?? null,
        cost: costOf(storedBytes, price),
        savedBytes,
        savedCost: costOf(savedBytes, price),
        measured: steady?.measured ?? false,
      };
    }),
  };
}

/** Undefined for a disk without one. */
async function planOf(catalogue: Catalogue, { accountId, policyId }: DiskRow): Promise<Plan | undefined> {
  if (policyId === undefined) return undefined;
  const policy = await catalogue.get(policyEntity, { accountId, id: policyId });
  if (policy === undefined) return undefined;
  const { hours, weekdays, retentionDays } = policy;
  return { hours, weekdays, retentionDays };
}

function stateOf(plan: Plan, measured: MeasuredChain | undefined, quota: number): Steady | undefined {
  return measured && steadyState(plan, measured, quota);
}

function changeOf({ ageHours, pairs, blocks }: MeasuredPoint, bytesPerBlock: number): MeasuredChange {
  return {
    ageHours,
    pairs,
    changedBytes: Math.round(blocks * BLOCK_BYTES),
    changedStoredBytes: Math.round(blocks * bytesPerBlock),
  };
}
