import type { DiskForecast, PolicyPreviewInput } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { invalid } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { parseIds } from '../calls/numbers.ts';
import { chooseRegion } from '../calls/regions.ts';
import { parsePrice } from '../model/advice/price.ts';
import { findDisk } from '../model/disks/find.ts';
import type { DiskRow } from '../model/disks/rows.ts';
import type { PlannedPolicy } from '../model/policies/planned.ts';
import { parseHours, parseRetention, parseTimeZone, parseWeekdays, requireCoverable } from '../model/policies/rules.ts';
import { spellTimeZone } from '../model/policies/schedule.ts';
import type { Service } from '../service.ts';
import { measureFor, planOf, tellForecast } from './disk-forecast.ts';
import { priceInForce } from './price-in-force.ts';

/** Each is measured from its whole chain, as on a page of advice. */
const MOST_DISKS = { min: 0, max: 5 };
/** Of a call: what they compare is read from the store. */
const IN_FLIGHT = 2;

/** Rule 5.1, of a policy that nobody has made. */
export function parsePlanned(
  service: Pick<Service, 'regions' | 'timeZoneOf'>,
  caller: Caller,
  input: PolicyPreviewInput,
): PlannedPolicy {
  const region = chooseRegion(service.regions, caller, input.region);
  const { timeZone, retentionDays } = input;
  return {
    region,
    hours: parseHours('hours', input.hours),
    weekdays: parseWeekdays('weekdays', input.weekdays),
    timeZone: timeZone == null ? spellTimeZone(service.timeZoneOf(region)) : parseTimeZone('timeZone', timeZone),
    retentionDays: retentionDays == null ? undefined : parseRetention('retentionDays', retentionDays),
  };
}

interface Wanted {
  readonly ids: readonly string[];
  readonly pricePerGibMonth?: number | null | undefined;
}

type Forecast = Omit<DiskForecast, 'disk'> & { readonly disk: DiskRow };

/** Rule 8.3, of a policy that nobody has made. */
export async function forecastDisks(
  service: Service,
  caller: Caller,
  plan: PlannedPolicy,
  { ids, pricePerGibMonth }: Wanted,
): Promise<readonly Forecast[]> {
  const named = parsePrice('pricePerGibMonth', pricePerGibMonth);
  const disks = await findDisks(service, caller, plan.region, ids);
  const price = named ?? (await priceInForce(service, plan.region));
  return mapBounded(disks, IN_FLIGHT, async (disk) => {
    const current = await planOf(service.catalogue, disk);
    const { measured, quota } = await measureFor(service, disk, current === undefined ? [plan] : [plan, current]);
    return { disk, ...tellForecast(plan, { measured, quota, current, price }) };
  });
}

async function findDisks(
  { catalogue }: Service,
  caller: Caller,
  region: string,
  ids: readonly string[],
): Promise<readonly DiskRow[]> {
  const disks: DiskRow[] = [];
  for (const [at, id] of parseIds('ids', ids, MOST_DISKS).entries()) {
    const disk = await findDisk(catalogue, caller, id);
    if (disk.region !== region) throw invalid(`ids.${at}`, `is in the region ${disk.region}`);
    requireCoverable(disk);
    disks.push(disk);
  }
  return disks;
}
