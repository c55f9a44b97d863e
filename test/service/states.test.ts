import { describe, expect, test } from 'vitest';
import type { DiskStatus, InstanceStatus, SnapshotStatus } from '../../src/generated/schema.ts';
import { afterDisk, DISK_TABLE, type DiskOperation } from '../../src/service/model/disks/states.ts';
import { afterInstance, INSTANCE_TABLE, type InstanceOperation } from '../../src/service/model/instances/states.ts';
import { afterSnapshot, SNAPSHOT_TABLE, type SnapshotOperation } from '../../src/service/model/snapshots/states.ts';

/**
 * The machines once more, as users read the rules: one line for each operation, one column for each
 * state; `-` refuses.
 */
function rowsOf(text: string): [string, string[]][] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [operation = '', ...cells] = line.trim().split(/\s+/);
      return [operation, cells];
    });
}
const orRefused = (after: string | undefined) => after ?? '-';

const DISK_STATES: DiskStatus[] = [
  'CREATING',
  'AVAILABLE',
  'ATTACHING',
  'IN_USE',
  'DETACHING',
  'REINITIALIZING',
  'EXPIRED',
];
const DISKS = rowsOf(`
  COMMIT                 -          AVAILABLE  -  IN_USE     -  -  -
  COPY                   CREATING   -          -  -          -  -  -
  COMPLETE_COPY          AVAILABLE  -          -  -          -  -  -
  RESIZE                 -          AVAILABLE  -  IN_USE     -  -  -
  SNAPSHOT               -          AVAILABLE  -  IN_USE     -  -  EXPIRED
  ROLLBACK               -          AVAILABLE  -  IN_USE     -  -  -
  REINITIALIZE           -          AVAILABLE  -  IN_USE     -  -  -
  ATTACH                 -          IN_USE     -  -          -  -  -
  DETACH                 -          -          -  AVAILABLE  -  -  AVAILABLE
  RELEASE                GONE       GONE       -  -          -  -  GONE
  RELEASE_WITH_INSTANCE  -          -          -  GONE       -  -  GONE
`);

const INSTANCE_STATES: InstanceStatus[] = ['PENDING', 'STARTING', 'RUNNING', 'STOPPING', 'STOPPED'];
const INSTANCES = rowsOf(`
  FINISH_CREATION      STOPPED  -  -        -  -
  START                -        -  -        -  RUNNING
  STOP                 -        -  STOPPED  -  -
  RELEASE              -        -  -        -  GONE
  REPLACE_SYSTEM_DISK  -        -  -        -  STOPPED
  ATTACH_DISK          -        -  RUNNING  -  STOPPED
  DETACH_DISK          -        -  RUNNING  -  STOPPED
  SNAPSHOT_DISK        -        -  RUNNING  -  STOPPED
  ROLLBACK_DISK        -        -  -        -  STOPPED
  REINITIALIZE_DISK    -        -  -        -  STOPPED
`);

const SNAPSHOT_STATES: SnapshotStatus[] = ['PROGRESSING', 'ACCOMPLISHED', 'FAILED'];
const SNAPSHOTS = rowsOf(`
  FINISH  ACCOMPLISHED  -             -
  FAIL    FAILED        -             -
  USE     -             ACCOMPLISHED  -
  DELETE  GONE          GONE          GONE
`);

describe('every state × every operation', () => {
  test.each(DISKS)('3.1: a disk: %s', (operation, cells) => {
    expect(DISK_STATES.map((status) => orRefused(afterDisk(operation as DiskOperation, status)))).toEqual(cells);
  });

  test.each(DISKS)('3.3: a SHARED disk: %s', (operation, cells) => {
    const expected = operation === 'ATTACH' ? ['-', 'IN_USE', '-', 'IN_USE', '-', '-', '-'] : cells;
    const after = DISK_STATES.map((status) => orRefused(afterDisk(operation as DiskOperation, status, 'SHARED')));
    expect(after).toEqual(expected);
  });

  test.each(INSTANCES)('2.1: an instance: %s', (operation, cells) => {
    const after = INSTANCE_STATES.map((status) => orRefused(afterInstance(operation as InstanceOperation, status)));
    expect(after).toEqual(cells);
  });

  test.each(SNAPSHOTS)('4.1: a snapshot: %s', (operation, cells) => {
    const after = SNAPSHOT_STATES.map((status) => orRefused(afterSnapshot(operation as SnapshotOperation, status)));
    expect(after).toEqual(cells);
  });

  test('no operation is left out', () => {
    expect(DISKS.map(([operation]) => operation)).toEqual(Object.keys(DISK_TABLE));
    expect(INSTANCES.map(([operation]) => operation)).toEqual(Object.keys(INSTANCE_TABLE));
    expect(SNAPSHOTS.map(([operation]) => operation)).toEqual(Object.keys(SNAPSHOT_TABLE));
  });
});
