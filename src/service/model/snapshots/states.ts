import type { SnapshotStatus } from '../../../generated/schema.ts';

export type SnapshotOperation = 'FINISH' | 'FAIL' | 'USE' | 'DELETE';
export type AfterSnapshot = SnapshotStatus | 'GONE';

type Table = Readonly<Record<SnapshotOperation, Partial<Readonly<Record<SnapshotStatus, AfterSnapshot>>>>>;

/**
 * The state machine of a snapshot. USE is reading, cloning, rolling back to it and making an image
 * of it. Deleting one in progress cancels it (4.6). ACCOMPLISHED and FAILED are final.
 */
export const SNAPSHOT_TABLE = {
  FINISH: { PROGRESSING: 'ACCOMPLISHED' },
  FAIL: { PROGRESSING: 'FAILED' },
  USE: { ACCOMPLISHED: 'ACCOMPLISHED' },
  DELETE: { PROGRESSING: 'GONE', ACCOMPLISHED: 'GONE', FAILED: 'GONE' },
} as const satisfies Table;

/** The state after an operation, or undefined where it is refused. */
export function afterSnapshot(operation: SnapshotOperation, status: SnapshotStatus): AfterSnapshot | undefined {
  const table: Table = SNAPSHOT_TABLE;
  return table[operation][status];
}
