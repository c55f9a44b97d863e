import { type Change, equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { notFound, type VarveError } from '../../platform/errors.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { untilAccepted } from '../calls/attempts.ts';
import { serviceCaller } from '../calls/caller.ts';
import { PROBLEM } from '../calls/problems.ts';
import { attemptCopy } from '../copies/create.ts';
import { tellPolicyCopyFailed } from '../model/events/of-snapshots.ts';
import {
  copyWakeAt,
  PLACE,
  type PolicyCopyKey,
  type PolicyCopyRow,
  policyCopyEntity,
} from '../model/policies/copy-rows.ts';
import { afterTrouble, ended } from '../model/policies/copy-rules.ts';
import { policyEntity } from '../model/policies/rows.ts';
import { FLUSH_WAIT_MS } from '../model/snapshots/progress-rows.ts';
import type { SnapshotRow } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { makeRoomForCopy } from './copy-room.ts';
import { asRefusal, MAX_TURNS, type RunDeps } from './run-disk.ts';

type PolicyCopyMessage = Extract<WorkMessage, { kind: 'policyCopy' }>;

/** `gone`: there is nothing to begin. */
export type PolicyCopyOutcome = 'begun' | 'later' | 'gone';

/**
 * Rule 7.2: begins the copy of a policy's snapshot to one region. From then on it is a copy like
 * any other, whose end is told here in the same transaction (copies/end.ts). Can be killed
 * anywhere, and delivered twice: it begins with the row that waits for it, or not at all.
 *
 *     WAITING ── begun ──→ COPYING ── whole ──→ DONE
 *        ↑  └ refused: later ┘ └ source damaged: later, a new copy
 *        └ after 7 days FAILED; at once SKIPPED if nobody wants it any more
 */
export async function runPolicyCopy(deps: RunDeps, message: PolicyCopyMessage): Promise<PolicyCopyOutcome> {
  const { accountId, snapshotId, region } = message;
  const key = { accountId, snapshotId, region };
  const row = await deps.service.catalogue.get(policyCopyEntity, key);
  if (row?.status !== 'WAITING') return 'gone';
  let gaveWayId: string | undefined;
  for (let turn = 1; ; turn++) {
    try {
      const copy = await begin(deps.service, key, gaveWayId);
      if (copy === undefined) return 'gone';
      await deps.service.queue.send([{ kind: 'copy', accountId, id: copy.id }]);
      return 'begun';
    } catch (error) {
      const refusal = asRefusal(deps, error);
      const isFull = refusal.code === 'QuotaExceeded' && turn < MAX_TURNS;
      const room = isFull ? await makeRoomForCopy(deps.service, row) : { hasRoom: false };
      if (!room.hasRoom) return putOff(deps.service, row, refusal, message);
      gaveWayId = room.gaveWayId ?? gaveWayId;
    }
  }
}

/** The copy, with the row that wanted it; undefined where another worker was here. */
function begin(service: Service, key: PolicyCopyKey, gaveWayId: string | undefined): Promise<SnapshotRow | undefined> {
  return untilAccepted<SnapshotRow | undefined>(service, async () => {
    const row = await service.catalogue.get(policyCopyEntity, key);
    if (row?.status !== 'WAITING') return { ok: true, value: undefined };
    await requireTarget(service, row);
    const { accountId, snapshotId, region, retentionDays } = row;
    const wanted = { snapshotId, region, kind: 'AUTO' as const, retentionDays };
    const result = await attemptCopy(service, serviceCaller(accountId), wanted, ({ snapshotId: copyId = '' }) => [
      patch(policyCopyEntity, key, {
        set: { status: 'COPYING', copyId, ...(gaveWayId !== undefined && { gaveWayId }) },
        remove: [...PLACE, ...PROBLEM],
        when: [equal('status', 'WAITING')],
      }),
    ]);
    return result.ok ? { ok: true, value: result.value.value } : result;
  });
}

/** Where the policy is gone, or does not name the region any more, no copy is wanted. */
async function requireTarget({ catalogue }: Service, { accountId, policyId, region }: PolicyCopyRow): Promise<void> {
  const policy = await catalogue.get(policyEntity, { accountId, id: policyId });
  const isNamed = policy?.copyTargets?.some((target) => target.region === region) ?? false;
  if (!isNamed) throw notFound('Copy target', region);
}

async function putOff(
  service: Service,
  row: PolicyCopyRow,
  refusal: VarveError,
  message: PolicyCopyMessage,
): Promise<PolicyCopyOutcome> {
  const { accountId, snapshotId, region } = row;
  const now = service.clock.now();
  const isFlushing = refusal.code === 'SnapshotNotReady' && row.attempts === 0;
  const change = isFlushing ? afterFlush(row, now) : changeAfter(row, refusal, now);
  const when = [equal<'status', PolicyCopyRow['status']>('status', 'WAITING'), equal('attempts', row.attempts)];
  const isFailed = change.set?.status === 'FAILED';
  await service.catalogue.transact([
    patch(policyCopyEntity, { accountId, snapshotId, region }, { ...change, when }),
    ...(isFailed ? [tellPolicyCopyFailed(service, row, refusal)] : []),
  ]);
  if (isFlushing) await service.queue.send([message], { delayMs: FLUSH_WAIT_MS });
  return change.set?.wakeAt === undefined ? 'gone' : 'later';
}

/** Its writer has not answered yet: that is no trouble. */
function afterFlush(row: PolicyCopyRow, now: number): Change<PolicyCopyRow> {
  return { set: { ...copyWakeAt(row, isoTime(now + FLUSH_WAIT_MS)), attempts: 1 } };
}

/** Deleted before its copy began, or not wanted any more: then it is over. */
function changeAfter(row: PolicyCopyRow, refusal: VarveError, now: number): Change<PolicyCopyRow> {
  return refusal.code === 'NotFound' ? ended('SKIPPED', now, refusal) : afterTrouble(row, refusal, now);
}
