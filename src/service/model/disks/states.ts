import type { DiskCategory, DiskStatus } from '../../../generated/schema.ts';

/** What can be done with a disk, as far as its own status decides it. */
export type DiskOperation =
  | 'COMMIT'
  | 'COPY'
  | 'COMPLETE_COPY'
  | 'RESIZE'
  | 'SNAPSHOT'
  | 'ROLLBACK'
  | 'REINITIALIZE'
  | 'ATTACH'
  | 'DETACH'
  | 'RELEASE'
  | 'RELEASE_WITH_INSTANCE';

/** GONE: the disk is no more. */
export type AfterDisk = DiskStatus | 'GONE';
type Row = Partial<Readonly<Record<DiskStatus, AfterDisk>>>;

const stays = (...states: readonly DiskStatus[]): Row => Object.fromEntries(states.map((status) => [status, status]));
const gone = (...states: readonly DiskStatus[]): Row => Object.fromEntries(states.map((status) => [status, 'GONE']));

/**
 * The state machine of a disk: what each operation makes of each state; a state that is not there
 * refuses it. ATTACHING, DETACHING and REINITIALIZING are passed through within one transaction, so
 * nothing is possible in them.
 */
export const DISK_TABLE: Readonly<Record<DiskOperation, Row>> = {
  COMMIT: stays('AVAILABLE', 'IN_USE'),
  COPY: stays('CREATING'),
  COMPLETE_COPY: { CREATING: 'AVAILABLE' },
  RESIZE: stays('AVAILABLE', 'IN_USE'),
  SNAPSHOT: stays('AVAILABLE', 'IN_USE', 'EXPIRED'),
  ROLLBACK: stays('AVAILABLE', 'IN_USE'),
  REINITIALIZE: stays('AVAILABLE', 'IN_USE'),
  ATTACH: { AVAILABLE: 'IN_USE' },
  DETACH: { IN_USE: 'AVAILABLE', EXPIRED: 'AVAILABLE' },
  RELEASE: gone('AVAILABLE', 'EXPIRED', 'CREATING'),
  RELEASE_WITH_INSTANCE: gone('IN_USE', 'EXPIRED'),
};

/** SHARED disks go to several instances (3.3). */
const SHARED_TABLE = { ...DISK_TABLE, ATTACH: { AVAILABLE: 'IN_USE', IN_USE: 'IN_USE' } } as const satisfies Readonly<
  Record<DiskOperation, Row>
>;

/** The state after an operation, or undefined where it is refused. */
export function afterDisk(
  operation: DiskOperation,
  status: DiskStatus,
  category: DiskCategory = 'CLOUD',
): AfterDisk | undefined {
  return tableOf(category)[operation][status];
}

/** The states that an operation is possible in. */
export function diskStatesFor(operation: DiskOperation, category: DiskCategory = 'CLOUD'): readonly DiskStatus[] {
  return Object.keys(tableOf(category)[operation]) as DiskStatus[];
}

function tableOf(category: DiskCategory): Readonly<Record<DiskOperation, Row>> {
  return category === 'SHARED' ? SHARED_TABLE : DISK_TABLE;
}
