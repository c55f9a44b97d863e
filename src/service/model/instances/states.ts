import type { InstanceStatus } from '../../../generated/schema.ts';

/** What can be done with an instance, and what of its disks asks for its state. */
export type InstanceOperation =
  | 'FINISH_CREATION'
  | 'START'
  | 'STOP'
  | 'RELEASE'
  | 'REPLACE_SYSTEM_DISK'
  | 'ATTACH_DISK'
  | 'DETACH_DISK'
  | 'SNAPSHOT_DISK'
  | 'ROLLBACK_DISK'
  | 'REINITIALIZE_DISK';

export type AfterInstance = InstanceStatus | 'GONE';
type Row = Partial<Readonly<Record<InstanceStatus, AfterInstance>>>;

const EITHER: Row = { RUNNING: 'RUNNING', STOPPED: 'STOPPED' };
const STOPPED_ONLY: Row = { STOPPED: 'STOPPED' };

/**
 * The state machine of an instance: what each operation makes of each state; a state that is not
 * there refuses it. An instance is a record, so STARTING and STOPPING are passed through within one
 * transaction; in them, and while PENDING, nothing else is possible.
 */
export const INSTANCE_TABLE: Readonly<Record<InstanceOperation, Row>> = {
  FINISH_CREATION: { PENDING: 'STOPPED' },
  START: { STOPPED: 'RUNNING' },
  STOP: { RUNNING: 'STOPPED' },
  RELEASE: { STOPPED: 'GONE' },
  REPLACE_SYSTEM_DISK: STOPPED_ONLY,
  ATTACH_DISK: EITHER,
  DETACH_DISK: EITHER,
  SNAPSHOT_DISK: EITHER,
  ROLLBACK_DISK: STOPPED_ONLY,
  REINITIALIZE_DISK: STOPPED_ONLY,
};

/** The state after an operation, or undefined where it is refused. */
export function afterInstance(operation: InstanceOperation, status: InstanceStatus): AfterInstance | undefined {
  return INSTANCE_TABLE[operation][status];
}

/** The states that an operation is possible in. */
export function instanceStatesFor(operation: InstanceOperation): readonly InstanceStatus[] {
  return Object.keys(INSTANCE_TABLE[operation]) as InstanceStatus[];
}
