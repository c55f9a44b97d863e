import { BLOCK_BYTES } from '../../engine/blocks/block.ts';
import type { MeasuredChange, PolicyForecast, PurposeAdvice } from '../../generated/schema.ts';
import type { Caller } from '../calls/caller.ts';
import { capacityOf } from '../chains/sizes.ts';
import { optionsFor } from '../model/advice/options.ts';
import { parsePrice } from '../model/advice/price.ts';
import { purposeOf } from '../model/advice/purposes.ts';
import { worstLossHours } from '../model/advice/week.ts';
import { findDisk } from '../model/disks/find.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import { requireSnapshotable } from '../model/disks/rules.ts';
import type { Service } from '../service.ts';
import { measureFor, planOf, tellForecast } from './disk-forecast.ts';
import type { MeasuredPoint } from './measure.ts';
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
  const purpose = purposeOf(disk.kind, disk.tags);
  const options = optionsFor(await planOf(service.catalogue, disk), purpose);
  const plans = options.map(({ plan }) => plan);
  const { withBases, measured, quota } = await measureFor(service, disk, plans);
  const current = options.find(({ option }) => option === 'CURRENT')?.plan;
  const known = { measured, quota, current, price };
  return {
    disk,
    purpose,
    totalStoredBytes: measured?.totalBytes ?? null,
    storedBytes: capacityOf(withBases)?.storedBytes ?? null,
    changes: (measured?.points ?? [])
      .toSorted((a, b) => a.ageHours - b.ageHours)
      .map((point) => changeOf(point, measured?.bytesPerBlock ?? 0)),
    options: options.map(({ option, plan }) => ({
      option,
      hours: plan.hours,
      weekdays: plan.weekdays,
      retentionDays: plan.retentionDays ?? null,
      worstLossHours: worstLossHours(plan),
      ...tellForecast(plan, known),
    })),
  };
}

function changeOf({ ageHours, pairs, blocks }: MeasuredPoint, bytesPerBlock: number): MeasuredChange {
  return {
    ageHours,
    pairs,
    changedBytes: Math.round(blocks * BLOCK_BYTES),
    changedStoredBytes: Math.round(blocks * bytesPerBlock),
  };
}
