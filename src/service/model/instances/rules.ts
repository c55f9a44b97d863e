import { VarveError } from '../../../platform/errors.ts';
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

/** An instance that `createInstance` made. */
export type MachineRow = InstanceRow & { readonly systemDiskId: string };

export function isHost({ kind }: InstanceRow): boolean {
  return kind === 'HOST';
}

/** A HOST is changed by leases alone (9.3). */
export function requireMachine(instance: InstanceRow): MachineRow {
  const { id, systemDiskId } = instance;
  if (!isHost(instance) && systemDiskId !== undefined) return { ...instance, systemDiskId };
  const message = `Instance ${id} stands for the host ${instance.name}: it comes and goes with the leases of its disks.`;
  throw new VarveError('UnsupportedInstanceKind', message, { instanceId: id, kind: 'HOST' });
}

export function requireUnprotected({ id, deletionProtection }: InstanceRow): void {
  if (!deletionProtection) return;
  const message = `Instance ${id} is protected: take its deletionProtection back first.`;
  throw new VarveError('DeletionProtected', message, { instanceId: id });
}
