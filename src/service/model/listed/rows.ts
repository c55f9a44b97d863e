import { createHash } from 'node:crypto';
import { entity, optional, type RowOf, string } from '../../../platform/catalogue/entity.ts';
import { put, remove, type Write } from '../../../platform/catalogue/port.ts';
import type { Tags } from '../../calls/tags.ts';

/**
 * That an object is in a list which its own row has no index for, such as that of the disks
 * without a policy. Written and removed in the transaction of what puts the object there. Ordered
 * by id, and ids grow with time.
 */
export const listedEntity = entity({
  name: 'listed',
  attributes: {
    accountId: string(),
    region: string(),
    list: string(),
    id: string(),
    /** Of a tag: the list of all that have its key, whatever the value. */
    wider: optional(string()),
  },
  primary: { partition: ['accountId', 'region', 'list'], sort: ['id'] },
  indexes: { byWider: { slot: 1, partition: ['accountId', 'region', 'wider'], sort: ['id'] } },
});
export type ListedRow = RowOf<typeof listedEntity>;

export interface List {
  readonly list: string;
  readonly wider?: string;
}

/** Lists of disks and of snapshots are apart. */
export type Noun = 'disk' | 'snapshot';

interface Place {
  readonly accountId: string;
  readonly region: string;
  readonly id: string;
}

export const tagList = (noun: Noun, key: string, value: string): string => nameOf([noun, key, value]);
export const tagKeyList = (noun: Noun, key: string): string => nameOf([noun, key]);

/** A name is part of a key, of which no store takes more than 2048 bytes. */
const MOST_NAME_BYTES = 512;

/** Texts can be longer in bytes than in characters; then their digest stands for them. */
function nameOf(texts: readonly string[]): string {
  const name = JSON.stringify(texts);
  if (Buffer.byteLength(name) <= MOST_NAME_BYTES) return name;
  return createHash('sha256').update(name).digest('hex');
}

export function tagLists(noun: Noun, tags: Tags): List[] {
  return tags.map(({ key, value }) => ({ list: tagList(noun, key, value), wider: tagKeyList(noun, key) }));
}

/**
 * What a change of an object changes of its lists. The decision rests on the object as it was seen,
 * so that is a condition of the transaction.
 */
export function changeOfLists(
  { accountId, region, id }: Place,
  before: readonly List[],
  after: readonly List[],
): Write[] {
  const [was, is] = [namesOf(before), namesOf(after)];
  const key = { accountId, region, id };
  return [
    ...before.filter(({ list }) => !is.has(list)).map(({ list }) => remove(listedEntity, { ...key, list })),
    ...after.filter(({ list }) => !was.has(list)).map((list) => put(listedEntity, { ...key, ...list }, 'any')),
  ];
}

const namesOf = (lists: readonly List[]): ReadonlySet<string> => new Set(lists.map(({ list }) => list));
