import type { SnapshotFilter } from '../../generated/schema.ts';
import { listOfTags, type Part } from '../model/listed/part.ts';
import { SNAPSHOT_LISTS } from '../model/listed/snapshot-lists.ts';

/**
 * The smallest list that has everything which a filter selects; undefined where there is none. Of
 * those that a disk or an image uses, there is no list of both. What else the filter says is looked
 * at row by row.
 */
export function listForSnapshots({ status, usage, kind, tags }: SnapshotFilter): Part | undefined {
  const state = status?.length === 1 ? status[0] : undefined;
  if (state === 'PROGRESSING' || state === 'FAILED') return { list: SNAPSHOT_LISTS[state] };
  const used = usage != null && usage.length > 0 && !usage.includes('NONE') ? usage : undefined;
  if (used !== undefined && !used.includes('DISK')) return { list: SNAPSHOT_LISTS.WITH_IMAGE };
  if (used !== undefined && !used.includes('IMAGE')) return { list: SNAPSHOT_LISTS.WITH_DISK };
  const tagged = listOfTags('snapshot', tags);
  if (tagged !== undefined) return tagged;
  return kind === 'MANUAL' ? { list: SNAPSHOT_LISTS.MANUAL } : undefined;
}
