import type { CreatePolicyInput } from '../../generated/schema.ts';
import { put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { accountSubject } from '../accounts/manifest-subject.ts';
import { getSnapshotService, requireOpen } from '../accounts/snapshot-service.ts';
import type { Caller } from '../calls/caller.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { chooseRegion } from '../calls/regions.ts';
import { parseTags } from '../calls/tags.ts';
import { parseName } from '../calls/text.ts';
import { parseCopyTargets } from '../model/policies/copy-rules.ts';
import { newCounters } from '../model/policies/cover.ts';
import { findPolicy } from '../model/policies/find.ts';
import { type CopyTarget, type PolicyRow, policyEntity } from '../model/policies/rows.ts';
import { dueNext, parseHours, parseRetention, parseTimeZone, parseWeekdays } from '../model/policies/rules.ts';
import { spellTimeZone } from '../model/policies/schedule.ts';
import type { Service } from '../service.ts';
import { registerPolicy } from './register.ts';
import { requireTargetsOpen } from './targets.ts';

/** Rules 1.2, 1.4, 5.1. */
export async function createPolicy(service: Service, caller: Caller, input: CreatePolicyInput): Promise<PolicyRow> {
  const region = chooseRegion(service.regions, caller, input.region);
  const { retentionDays } = input;
  const parsed = {
    region,
    name: input.name == null ? undefined : parseName('name', input.name),
    hours: parseHours('hours', input.hours),
    weekdays: parseWeekdays('weekdays', input.weekdays),
    timeZone:
      input.timeZone == null ? spellTimeZone(service.timeZoneOf(region)) : parseTimeZone('timeZone', input.timeZone),
    retentionDays: retentionDays == null ? undefined : parseRetention('retentionDays', retentionDays),
    copyTargets: parseTargets(service, caller, region, input),
    tags: parseTags('tags', input.tags),
  };
  const call = { accountId: caller.accountId, operation: 'createPolicy', token: input.clientToken, input: parsed };
  const { recorded, value } = await once(service, call, (record) => attempt(service, caller, parsed, record));
  return value ?? findPolicy(service.catalogue, caller, recorded.policyId ?? '');
}

/** None are as good as left out, so that a call from before there were any is the same one. */
function parseTargets(service: Service, caller: Caller, own: string, { copyTargets }: CreatePolicyInput) {
  const parsed = parseCopyTargets({ regions: service.regions, caller, own }, copyTargets ?? []);
  return parsed.length === 0 ? undefined : parsed;
}

type ParsedPolicy = Pick<PolicyRow, 'region' | 'hours' | 'weekdays' | 'timeZone' | 'tags'> & {
  readonly name: string | undefined;
  readonly retentionDays: number | undefined;
  readonly copyTargets: readonly CopyTarget[] | undefined;
};

async function attempt(service: Service, caller: Caller, input: ParsedPolicy, record: RecordCall) {
  const { catalogue } = service;
  const { accountId } = caller;
  const { opened } = await getSnapshotService(catalogue, caller, input.region);
  requireOpen(opened, input.region);
  await requireTargetsOpen(catalogue, caller, input.copyTargets ?? []);
  const row = newPolicy(service, accountId, input);
  const recorded = { policyId: row.id };
  const result = await catalogue.transact([
    ...record(recorded),
    put(policyEntity, row),
    ...(await registerPolicy(service, row)),
    ...newCounters({ accountId, policyId: row.id }),
    service.tree.noted(accountSubject(service.regions, accountId)),
  ]);
  if (!result.ok) return { ok: false as const, refused: result.failed };
  return { ok: true as const, value: { recorded, value: row } };
}

function newPolicy(service: Service, accountId: string, parsed: ParsedPolicy): PolicyRow {
  const { name, retentionDays, copyTargets, ...rest } = parsed;
  const id = service.ids.next('sp');
  const nowMs = service.clock.now();
  return {
    accountId,
    ...rest,
    ...dueNext({ ...rest, id }, nowMs),
    name: name ?? id,
    status: 'ACTIVE',
    revision: 0,
    createdAt: isoTime(nowMs),
    ...(retentionDays === undefined ? {} : { retentionDays }),
    ...(copyTargets === undefined ? {} : { copyTargets }),
  };
}
