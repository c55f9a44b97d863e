import type { Write } from '../../../platform/catalogue/port.ts';
import type { Problem } from '../../calls/problems.ts';
import type { PolicyCopyRow } from '../policies/copy-rows.ts';
import type { SnapshotRow } from '../snapshots/rows.ts';
import { type EventDeps, recordEvent } from './record.ts';

export function tellAccomplished(deps: EventDeps, row: SnapshotRow): Write {
  const { accountId, region, id, diskId, name, kind, consistency = null, policyId = null } = row;
  return recordEvent(deps, {
    accountId,
    region,
    type: 'snapshot.accomplished',
    subject: { kind: 'snapshot', id },
    data: { diskId, name, kind, consistency, policyId },
  });
}

export function tellCopied(deps: EventDeps, row: SnapshotRow): Write {
  const { accountId, region, id, copiedFromId = null, copiedFromRegion = null, policyId = null } = row;
  return recordEvent(deps, {
    accountId,
    region,
    type: 'copy.accomplished',
    subject: { kind: 'snapshot', id },
    data: { sourceId: copiedFromId, sourceRegion: copiedFromRegion, policyId },
  });
}

export function tellCopyFailed(deps: EventDeps, row: SnapshotRow, { code, message }: Problem): Write {
  const { accountId, region, id, copiedFromId = null, copiedFromRegion = null, policyId = null } = row;
  return recordEvent(deps, {
    accountId,
    region,
    type: 'copy.failed',
    subject: { kind: 'snapshot', id },
    data: { sourceId: copiedFromId, sourceRegion: copiedFromRegion, policyId, code, message },
  });
}

/** It has been tried for days, and there is no copy that it could be about. */
export function tellPolicyCopyFailed(deps: EventDeps, row: PolicyCopyRow, { code, message }: Problem): Write {
  const { accountId, region, snapshotId, policyId } = row;
  return recordEvent(deps, {
    accountId,
    region,
    type: 'copy.failed',
    subject: { kind: 'snapshot', id: snapshotId },
    data: { sourceId: snapshotId, sourceRegion: null, policyId, code, message },
  });
}
