import { VarveError } from '../platform/errors.ts';
import type { InstanceRow } from './rows.ts';
import { type AfterInstance, afterInstance, type InstanceOperation, instanceStatesFor } from './states.ts';

/** Data disks of one instance: as many as one transaction can check (2.3). */
export const MAX_DATA_DISKS = 64;
/** Data disks that are made with an instance: what its row of work holds. */
export const MAX_NEW_DATA_DISKS = 16;
/** Instances that one SHARED disk is attached to. */
export const MAX_ATTACHMENTS = 16;

/** The state after an operation, by the table of states. */
export function requireInstance(instance: InstanceRow, operation: InstanceOperation): AfterInstance {
  const { id, status } = instance;
  const after = afterInstance(operation, status);
  if (after !== undefined) return after;
  const allowed = instanceStatesFor(operation);
  throw new VarveError('IncorrectInstanceStatus', `Instance ${id} is ${status}, not ${allowed.join(' or ')}.`, {
    instanceId: id,
    status,
    allowed,
  });
}

export function requireUnprotected({ id, deletionProtection }: InstanceRow): void {
  if (!deletionProtection) return;
  const message = `Instance ${id} is protected: take its deletionProtection back first.`;
  throw new VarveError('DeletionProtected', message, { instanceId: id });
}
