import type { UpdatePolicyInput } from '../../generated/schema.ts';
import { patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { accountSubject } from '../accounts/manifest-subject.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseTagChange } from '../calls/tags.ts';
import { parseName } from '../calls/text.ts';
import { parseCopyTargets } from '../model/policies/copy-rules.ts';
import { findPolicy } from '../model/policies/find.ts';
import { type PolicyRow, policyEntity } from '../model/policies/rows.ts';
import { dueNext, parseHours, parseRetention, parseTimeZone, parseWeekdays } from '../model/policies/rules.ts';
import { hoursOfPolicy } from '../model/watch/objective.ts';
import { watchPolicyAgain } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';
import { openSlots } from './open-slots.ts';
import { seenPolicy } from './register.ts';
import { requireTargetsOpen } from './targets.ts';

/** Rule 5.7: from the next slot on. */
export async function updatePolicy(service: Service, caller: Caller, input: UpdatePolicyInput): Promise<PolicyRow> {
  const words = parseChange(input);
  const tagChange = parseTagChange(input);
  const { retentionDays } = input;
  await untilAccepted(service, async () => {
    // What was due before the change runs by what the policy was.
    await openSlots(service, await findPolicy(service.catalogue, caller, input.policyId));
    const row = await findPolicy(service.catalogue, caller, input.policyId);
    const targets = await targetChange(service, caller, row, input);
    const now = service.clock.now();
    // Due since: it opens first, as what comes next is counted from this instant on.
    if (row.nextRunAt !== undefined && row.nextRunAt <= isoTime(now)) return { ok: false, refused: [] };
    // The revision guards what was read, tags included.
    const change = { ...words, ...targets, ...tagChange(row).set };
    const after = { ...row, ...change };
    const place = after.status === 'ACTIVE' ? dueNext(after, now) : {};
    const gone = [
      ...(after.status === 'ACTIVE' ? [] : (['dueShard', 'nextRunAt'] as const)),
      ...(retentionDays === null ? (['retentionDays'] as const) : []),
    ];
    const result = await service.catalogue.transact([
      patch(
        policyEntity,
        { accountId: row.accountId, id: row.id },
        { set: { ...change, ...place }, add: { revision: 1 }, remove: gone, when: seenPolicy(row) },
      ),
      ...(hoursOfPolicy(after) === hoursOfPolicy(row) ? [] : [watchPolicyAgain(service, row, row.id)]),
      service.tree.noted(accountSubject(service.regions, row.accountId)),
    ]);
    return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
  });
  return findPolicy(service.catalogue, caller, input.policyId);
}

async function targetChange(
  { catalogue, regions }: Service,
  caller: Caller,
  { region }: PolicyRow,
  { copyTargets: given }: UpdatePolicyInput,
): Promise<Pick<PolicyRow, 'copyTargets'>> {
  if (given == null) return {};
  const copyTargets = parseCopyTargets({ regions, caller, own: region }, given);
  await requireTargetsOpen(catalogue, caller, copyTargets);
  return { copyTargets };
}

function parseChange(input: UpdatePolicyInput): Partial<PolicyRow> {
  const { name, hours, weekdays, retentionDays, timeZone, status } = input;
  return {
    ...(name == null ? {} : { name: parseName('name', name) }),
    ...(hours == null ? {} : { hours: parseHours('hours', hours) }),
    ...(weekdays == null ? {} : { weekdays: parseWeekdays('weekdays', weekdays) }),
    ...(retentionDays == null ? {} : { retentionDays: parseRetention('retentionDays', retentionDays) }),
    ...(timeZone == null ? {} : { timeZone: parseTimeZone('timeZone', timeZone) }),
    ...(status == null ? {} : { status }),
  };
}
