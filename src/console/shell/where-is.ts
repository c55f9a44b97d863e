import type { WhereIsQuery } from '../../generated/console-operations.ts';
import { toIn } from '../app/places.ts';

type Found = NonNullable<WhereIsQuery['node']>;

const AREA_OF = {
  Disk: 'disks',
  Snapshot: 'snapshots',
  Instance: 'instances',
  Image: 'images',
  Policy: 'policies',
  Job: 'jobs',
} as const satisfies Record<Found['__typename'], string>;

const ID = /^[a-z]{1,2}-[0-9a-z]{20}$/;

/** Whether a text can be the id of something. */
export const isId = (text: string): boolean => ID.test(text);

/** The address of an object that was found by its id. A job has no page of its own. */
export function placeOf({ __typename, id, region }: Found): string {
  const area = AREA_OF[__typename];
  return __typename === 'Job' ? toIn(region, area) : toIn(region, area, id);
}
