import { capacityOfDomain, type DomainCapacity } from '../../engine/books/capacity.ts';
import type { Capacity } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { type SampleRow, sampleEntity } from '../model/capacity/rows.ts';
import { domainsOf } from '../model/disks/domains.ts';
import { HOUR_MS, hourStart } from '../model/money/months.ts';
import type { Service } from '../service.ts';

const DEFAULT_SPAN_MS = 15 * 24 * HOUR_MS;
const IN_FLIGHT = 8;

export const hourOf = (epochMs: number): string => isoTime(hourStart(epochMs));

/** Rule 8.1: what all domains of an account in one region take, from counters. */
export async function takenBy(
  catalogue: Catalogue,
  place: { readonly accountId: string; readonly region: string },
): Promise<DomainCapacity> {
  const domains = await domainsOf(catalogue, place);
  const parts = await mapBounded(domains, IN_FLIGHT, ({ id }) => capacityOfDomain(catalogue, id));
  const sum = (name: keyof DomainCapacity) => parts.reduce((total, part) => total + part[name], 0);
  return {
    logicalBytes: sum('logicalBytes'),
    deduplicatedBytes: sum('deduplicatedBytes'),
    storedBytes: sum('storedBytes'),
    waitingBytes: sum('waitingBytes'),
  };
}

export async function capacityNow(
  { catalogue, clock, regions }: Service,
  caller: Caller,
  wanted: string | null | undefined,
): Promise<Capacity> {
  const region = chooseRegion(regions, caller, wanted);
  const at = isoTime(clock.now());
  return { region, at, ...(await takenBy(catalogue, { accountId: caller.accountId, region })) };
}

export interface HistoryArgs extends PageArgs {
  readonly region?: string | null | undefined;
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
}

export function capacityHistory(
  { catalogue, clock, regions }: Service,
  caller: Caller,
  args: HistoryArgs,
): Promise<Connection<SampleRow>> {
  const region = chooseRegion(regions, caller, args.region);
  const { to } = args;
  const from = args.from ?? isoTime((to == null ? clock.now() : Date.parse(to)) - DEFAULT_SPAN_MS);
  if (to != null && to <= from) throw invalid('to', 'must be after `from`');
  // A list begins behind a place: the last one that is too early. Samples stand at full hours.
  const before = isoTime(Date.parse(from) - 1);
  return listPage(
    catalogue,
    {
      entity: sampleEntity,
      partition: { accountId: caller.accountId, region },
      sort: ['hour'],
      from: { hour: before },
      ...(to != null && { beyond: ({ hour }: SampleRow) => hour >= to }),
    },
    args,
  );
}
