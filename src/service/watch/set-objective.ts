import type { SetRecoveryPointObjectiveInput } from '../../generated/schema.ts';
import { equal, patch, put } from '../../platform/catalogue/port.ts';
import { invalid } from '../../platform/errors.ts';
import { accountSubject } from '../accounts/manifest-subject.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { chooseRegion } from '../calls/regions.ts';
import { parseTags } from '../calls/tags.ts';
import { findDisk } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { requireSnapshotable } from '../model/disks/rules.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { NOT_WATCHED, OBJECTIVE_HOURS } from '../model/watch/objective.ts';
import { MOST_TAG_OBJECTIVES, type TagObjective, tagObjectivesEntity } from '../model/watch/rows.ts';
import { watchSoon, watchTagAgain } from '../model/watch/writes.ts';
import type { Service } from '../service.ts';

interface Set {
  readonly disk: DiskRow | null;
  readonly tagObjective: TagObjective | null;
}

/** Rule 8.4: of a disk, or of a tag. */
export async function setRecoveryPointObjective(
  service: Service,
  caller: Caller,
  input: SetRecoveryPointObjectiveInput,
): Promise<Set> {
  const { diskId, tag, region, exempt } = input;
  const hours = input.hours == null ? undefined : parseWhole('hours', input.hours, OBJECTIVE_HOURS);
  if (exempt && hours !== undefined) throw invalid('exempt', 'does not go together with hours');
  if (diskId != null) {
    if (tag != null) throw invalid('tag', 'does not go together with diskId');
    if (region != null) throw invalid('region', 'is for a tag: a disk has its own');
    return { disk: await setOfDisk(service, caller, diskId, exempt ? NOT_WATCHED : hours), tagObjective: null };
  }
  if (tag == null) throw invalid('diskId', 'or a tag is needed');
  if (exempt) throw invalid('exempt', 'is for a disk');
  const [parsed = { key: '', value: '' }] = parseTag(tag);
  const place = { accountId: caller.accountId, region: chooseRegion(service.regions, caller, region) };
  return { disk: null, tagObjective: await setOfTag(service, place, parsed, hours) };
}

/** The name of the field is that of the single tag. */
function parseTag(tag: { readonly key: string; readonly value: string }) {
  return parseTags('tag', [tag]);
}

function setOfDisk(
  service: Service,
  caller: Caller,
  diskId: string,
  objectiveHours: number | undefined,
): Promise<DiskRow> {
  return untilAccepted(service, async () => {
    const disk = await findDisk(service.catalogue, caller, diskId);
    requireSnapshotable(disk);
    if (disk.objectiveHours === objectiveHours) return { ok: true, value: disk };
    const { objectiveHours: _, ...rest } = disk;
    const key = { accountId: disk.accountId, id: disk.id };
    const change = objectiveHours === undefined ? { remove: ['objectiveHours'] as const } : { set: { objectiveHours } };
    const result = await service.catalogue.transact([
      patch(diskEntity, key, { ...change, when: seenDisk(disk) }),
      watchSoon(service, disk),
      service.tree.noted({ ...disk, regionId: disk.region }),
    ]);
    if (!result.ok) return { ok: false, refused: result.failed };
    return { ok: true, value: { ...rest, ...(objectiveHours !== undefined && { objectiveHours }) } };
  });
}

interface Place {
  readonly accountId: string;
  readonly region: string;
}

function setOfTag(
  service: Service,
  place: Place,
  { key, value }: { readonly key: string; readonly value: string },
  hours: number | undefined,
): Promise<TagObjective | null> {
  return untilAccepted<TagObjective | null>(service, async () => {
    const row = await service.catalogue.get(tagObjectivesEntity, place);
    const before = row?.tags ?? [];
    const known = before.find((tag) => tag.key === key && tag.value === value);
    if (known?.hours === hours) return { ok: true, value: known ?? null };
    const revision = (row?.revision ?? 0) + 1;
    const order = known?.order ?? String(revision).padStart(ORDER_DIGITS, '0');
    const objective = hours === undefined ? null : { key, value, hours, order };
    const others = before.filter((tag) => tag !== known);
    const tags = objective === null ? others : [...others, objective];
    requireFew(tags);
    const next = { ...place, tags, revision };
    const result = await service.catalogue.transact([
      put(tagObjectivesEntity, next, row === undefined ? 'absent' : [equal('revision', row.revision)]),
      watchTagAgain(service, place, { key, value }),
      service.tree.noted(accountSubject(service.regions, place.accountId)),
    ]);
    return result.ok ? { ok: true, value: objective } : { ok: false, refused: result.failed };
  });
}

function requireFew(tags: readonly TagObjective[]): void {
  if (tags.length <= MOST_TAG_OBJECTIVES) return;
  throw invalid('tag', `leads to objectives of ${tags.length} tags, and there can be ${MOST_TAG_OBJECTIVES}`);
}

/** As texts, so that they are in the order of the numbers. */
const ORDER_DIGITS = 12;
