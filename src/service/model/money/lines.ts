import { createHash } from 'node:crypto';
import type { Part } from './statement.ts';

/** One line of a list; lines of one list add up to the region. */
export interface Line {
  readonly kind: 'CHAIN' | 'IMAGE' | 'OTHER' | 'TAG' | 'UNTAGGED';
  /** Of the chain or the image. */
  readonly id: string | null;
  readonly tagValue: string | null;
  readonly byteHours: string;
  readonly amount: string;
  /** Its place in the list, which is in the order of places. */
  readonly place: string;
}

/** By chain and image; the last place is of what nothing of its own stands against. */
export function linesByChain(parts: readonly Part[]): Line[] {
  return group(parts, ({ id }) => ({
    kind: id === undefined ? ('OTHER' as const) : id.startsWith('m-') ? ('IMAGE' as const) : ('CHAIN' as const),
    id: id ?? null,
    tagValue: null,
    place: id ?? '~',
  }));
}

/** By the values of one tag key; the first place is of what has no such tag. */
export function linesByTag(parts: readonly Part[], key: string): Line[] {
  return group(parts, ({ tags = [] }) => {
    const value = tags.find((tag) => tag.key === key)?.value;
    return value === undefined
      ? { kind: 'UNTAGGED' as const, id: null, tagValue: null, place: '0' }
      : { kind: 'TAG' as const, id: null, tagValue: value, place: `1 ${placeOf(value)}` };
  });
}

const CHARS = 64;

/** Short enough for a cursor, and different for different values. */
function placeOf(value: string): string {
  const beginning = [...value].slice(0, CHARS).join('');
  return beginning === value ? value : `${beginning} ${createHash('sha256').update(value).digest('base64url')}`;
}

type Holder = Omit<Line, 'byteHours' | 'amount'>;

function group(parts: readonly Part[], holderOf: (part: Part) => Holder): Line[] {
  const sums = new Map<string, Holder & { byteHours: bigint; amount: bigint }>();
  for (const part of parts) {
    const line = holderOf(part);
    const sum = sums.get(line.place) ?? { ...line, byteHours: 0n, amount: 0n };
    sum.byteHours += BigInt(part.byteHours);
    sum.amount += BigInt(part.amount);
    sums.set(line.place, sum);
  }
  return [...sums.values()].map((sum) => ({
    ...sum,
    byteHours: String(sum.byteHours),
    amount: String(sum.amount),
  }));
}
