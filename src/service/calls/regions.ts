import { invalid } from '../../platform/errors.ts';
import type { Regions } from '../service.ts';
import { type Caller, seesRegion } from './caller.ts';

/**
 * The region that a call means. Regions outside the credential's scope are as unknown as any other
 * name.
 */
export function chooseRegion(
  regions: Regions,
  caller: Caller,
  wanted: string | null | undefined,
  field = 'region',
): string {
  const visible = visibleRegions(regions, caller);
  const region = wanted == null ? visible[0] : visible.find((name) => name === wanted);
  if (region === undefined) throw invalid(field, 'is not a region of this installation');
  return region;
}

export function visibleRegions(regions: Regions, caller: Caller): readonly string[] {
  return regions.filter((region) => seesRegion(caller, region));
}
