import {
  type UnreadableFieldsFragment,
  UnreadableOfDiskDocument,
  UnreadableOfSnapshotDocument,
} from '../../generated/operations.ts';
import type { Graphql } from './graphql.ts';

/** The ranges of a source that could not be read: the first 1000, in order. */
export type UnreadableDetail = UnreadableFieldsFragment;
/** The same in short. */
export type UnreadableSum = Pick<UnreadableDetail, 'count' | 'bytes'>;

export function createUnreadable(graphql: Graphql, signal: AbortSignal) {
  return {
    ofDisk: async (id: string) =>
      (await graphql.call(UnreadableOfDiskDocument, { id }, signal)).disk?.unreadable ?? null,
    ofSnapshot: async (id: string) =>
      (await graphql.call(UnreadableOfSnapshotDocument, { id }, signal)).snapshot?.unreadable ?? null,
  };
}
