import { createHash } from 'node:crypto';
import type { Tag } from '../../generated/schema.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { dayOf } from '../../platform/clock.ts';
import {
  type DayPart,
  type MeteredHourRow,
  type MeteredPart,
  meteredDayEntity,
  meteredDayPageEntity,
  meteredPageEntity,
} from '../model/capacity/metering-rows.ts';
import { apportion } from '../model/money/apportion.ts';

export interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** A chain or an image, as long as it had the same tags. */
export interface Holder {
  /** Absent for bytes against which nothing of its own stands. */
  readonly id?: string;
  readonly tags?: readonly Tag[];
}

/** What each holder has of the region's stored bytes in one hour; they add up to all of these. */
export type Shares = readonly (Holder & { readonly bytes: bigint })[];

/** Rule 8.2: stored total × own ÷ sum of own, by largest remainder. */
export function sharesOf(storedBytes: number, parts: readonly MeteredPart[]): Shares {
  const ordered = parts.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const weights = ordered.map(({ own }) => BigInt(own));
  if (!weights.some((weight) => weight > 0n)) return nobodys(storedBytes);
  const bytes = apportion(BigInt(storedBytes), weights);
  return ordered.map(({ id, tags }, at) => ({ id, ...(tags && { tags }), bytes: bytes[at] ?? 0n }));
}

const nobodys = (storedBytes: number): Shares => (storedBytes === 0 ? [] : [{ bytes: BigInt(storedBytes) }]);

/** In the order of holders, each once. */
export class ByteHours {
  readonly #sums = new Map<string, Holder & { byteHours: bigint }>();

  add(holder: Holder, byteHours: bigint): void {
    const key = keyOf(holder);
    const known = this.#sums.get(key);
    if (known !== undefined) known.byteHours += byteHours;
    else {
      const { id, tags } = holder;
      this.#sums.set(key, { ...(id && { id }), ...(tags && { tags }), byteHours });
    }
  }

  /** Those of one hour. */
  addShares(shares: Shares): void {
    for (const share of shares) this.add(share, share.bytes);
  }

  all(): (Holder & { readonly byteHours: bigint })[] {
    const keyed = [...this.#sums].sort(([a], [b]) => (a < b ? -1 : 1));
    return keyed.map(([, sum]) => sum);
  }
}

/** Long tags as a hash, so that keys stay short. A store may answer key and value in any order. */
export function keyOf({ id = '', tags = [] }: Holder): string {
  if (tags.length === 0) return id;
  const pairs = JSON.stringify(tags.map(({ key, value }) => [key, value]));
  return `${id} ${createHash('sha256').update(pairs).digest('base64url')}`;
}

/** Undefined if a page is gone. */
async function partsOfHour(
  catalogue: Catalogue,
  { accountId, region, hour, pages }: MeteredHourRow,
): Promise<MeteredPart[] | undefined> {
  const keys = Array.from({ length: pages }, (_, page) => ({ accountId, region, hour, page }));
  return partsOn(await catalogue.getMany(meteredPageEntity, keys));
}

function partsOn<Part>(pages: readonly ({ readonly parts: readonly Part[] } | undefined)[]): Part[] | undefined {
  const present = pages.filter((page) => page !== undefined);
  return present.length === pages.length ? present.flatMap(({ parts }) => parts) : undefined;
}

export interface KnownDay {
  /** Of how many hours that were sampled it was added up. */
  readonly hours: number;
  readonly parts: readonly DayPart[];
}

/** Undefined for a day that has not been added up, or of which a page is gone. */
export async function knownDay(
  catalogue: Catalogue,
  { accountId, region }: Place,
  day: string,
): Promise<KnownDay | undefined> {
  const head = await catalogue.get(meteredDayEntity, { accountId, region, day });
  if (head === undefined) return undefined;
  const keys = Array.from({ length: head.pages }, (_, page) => ({ accountId, region, day, hours: head.hours, page }));
  const parts = partsOn(await catalogue.getMany(meteredDayPageEntity, keys));
  return parts && { hours: head.hours, parts };
}

/**
 * The shares of an hour that was sampled. Its pages go first; then the day still says what each
 * had in its last hour, and where that says nothing the bytes are nobody's.
 */
export async function sharesAt(catalogue: Catalogue, head: MeteredHourRow): Promise<Shares> {
  const parts = await partsOfHour(catalogue, head);
  if (parts !== undefined) return sharesOf(head.storedBytes, parts);
  const day = await knownDay(catalogue, head, dayOf(Date.parse(head.hour)));
  const shares = sharesOfDay(day?.parts ?? []);
  const sum = shares.reduce((total, { bytes }) => total + bytes, 0n);
  return sum === BigInt(head.storedBytes) ? shares : nobodys(head.storedBytes);
}

export const sharesOfDay = (parts: readonly DayPart[]): Shares =>
  parts.flatMap(({ byteHours: _, last, ...holder }) =>
    last === undefined ? [] : [{ ...holder, bytes: BigInt(last) }],
  );
