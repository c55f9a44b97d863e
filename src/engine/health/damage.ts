import { hash } from 'node:crypto';
import { absent, equal, patch, put, type Write } from '../../platform/catalogue/port.ts';
import { type ObjectId, objectKey } from '../blocks/block.ts';
import { type Inspected, type Judge, judgeObject, type Verdict } from '../blocks/judge.ts';
import {
  type DamagedPlace,
  type DamageRow,
  damageEntity,
  MAX_PLACES,
  type ObjectRow,
  objectEntity,
} from '../books/rows.ts';
import type { Domain, EngineDeps } from '../deps.ts';

/** What is known of one damaged object. */
export interface Damage {
  readonly id: ObjectId;
  readonly isPage: boolean;
  readonly reason: string;
}

/** Whose objects these are. */
export interface Owner extends Domain {
  readonly accountId: string;
}

type DamageDeps = Pick<EngineDeps, 'catalogue' | 'clock' | 'objects' | 'tellDamage'>;

const MISSING: Verdict = { bytes: 0, reason: 'MISSING' };
const HEALED_TTL_S = 90 * 24 * 3600; // long enough to be read in a report of the quarter

/** Reads an object back. Without a `reason` it is as its id says. */
export async function inspect(
  deps: Pick<EngineDeps, 'objects'>,
  { regionId, domainId }: Domain,
  as: Inspected,
  judge: Judge = judgeNow,
): Promise<Verdict> {
  const stored = await deps.objects(regionId).get(objectKey(domainId, as.id));
  return stored === undefined ? MISSING : judge(stored, as);
}

const judgeNow: Judge = async (stored, as) => judgeObject(stored, as);

/**
 * Keeps what was found, and marks the object: from now on `prepareUpload` asks for it as if it were
 * not there, and the commit that names it looks at what was uploaded ({@link heal}). Again is
 * harmless; the first time of finding it stays. False where `seenBy`, the scrub, has seen it
 * before.
 */
export async function noteDamage(
  deps: DamageDeps,
  owner: Owner,
  { id, isPage, reason, sealed }: Damage & Inspected,
  seenBy: string,
): Promise<boolean> {
  const { accountId, regionId, domainId } = owner;
  const key = { accountId, regionId, domainId, objectId: id };
  const known = await deps.catalogue.get(damageEntity, key);
  const isOpen = known !== undefined && known.healedAt === undefined;
  if (isOpen && known.seenBy === seenBy) {
    await mark(deps, known); // who saw it may have been killed before the mark
    return false;
  }
  const found = { reason, isPage, sealed, foundAt: deps.clock.now(), places: [] };
  await keep(deps, { ...(isOpen ? known : { ...key, ...found }), seenBy }, known);
  return true;
}

/** The row first: a mark that nobody knows of would never be looked at. */
async function keep(deps: DamageDeps, row: DamageRow, known: DamageRow | undefined): Promise<void> {
  const isOpen = known !== undefined && known.healedAt === undefined;
  if (isOpen || !(await keepFirst(deps, row, known))) await deps.catalogue.transact([put(damageEntity, row, 'any')]);
  await mark(deps, row);
}

/** With what is told. False if another was first: then it has been told. */
async function keepFirst(deps: DamageDeps, row: DamageRow, healed: DamageRow | undefined): Promise<boolean> {
  const asSeen = healed?.healedAt === undefined ? 'absent' : [equal('healedAt', healed.healedAt)];
  const told = deps.tellDamage?.(row, 'FOUND') ?? [];
  return (await deps.catalogue.transact([put(damageEntity, row, asSeen), ...told])).ok;
}

async function mark({ catalogue }: Pick<EngineDeps, 'catalogue'>, row: DamageRow): Promise<void> {
  const { domainId, objectId: id, foundAt: damagedAt } = row;
  await catalogue.transact([patch(objectEntity, { domainId, id }, { set: { damagedAt } })]);
}

/** What a reader met, and where. */
export interface Met extends Inspected {
  readonly place: DamagedPlace;
  /** Whether the reader, who has the key, is believed of a sealed block that has the right form. */
  readonly isTrusted: boolean;
}

/**
 * A reader says that an object is damaged: looks for itself, and keeps and marks what is
 * ({@link noteDamage}), as a scrub would. `GONE`: nobody refers to it any more. What is open
 * already stays as it was found.
 */
export async function meetDamage(deps: DamageDeps, owner: Owner, met: Met): Promise<'DAMAGED' | 'WHOLE' | 'GONE'> {
  const { accountId, regionId, domainId } = owner;
  const { id, isPage, sealed, place, isTrusted } = met;
  const row = await deps.catalogue.get(objectEntity, { domainId, id });
  if (row === undefined || row.refs === 0) return 'GONE';
  const stored = await deps.objects(regionId).get(objectKey(domainId, id));
  const { reason } = stored === undefined ? MISSING : judgeObject(stored, met);
  const isBelieved = sealed && isTrusted && stored !== undefined;
  if (reason === undefined && !isBelieved) return 'WHOLE';
  const damagedSha256 = reason === undefined && isBelieved ? hash('sha256', stored, 'hex') : undefined;
  const key = { accountId, regionId, domainId, objectId: id };
  const known = await deps.catalogue.get(damageEntity, key);
  const isOpen = known !== undefined && known.healedAt === undefined;
  if (isOpen && row.damagedAt !== undefined && known.damagedSha256 === damagedSha256) return 'DAMAGED';
  const found = { reason: reason ?? 'SEAL', isPage, sealed, foundAt: deps.clock.now(), places: [place] };
  const kept = { ...(isOpen ? known : { ...key, ...found }), ...(damagedSha256 !== undefined && { damagedSha256 }) };
  await keep(deps, kept, known);
  return 'DAMAGED';
}

export async function notePlaces(deps: EngineDeps, damage: DamageRow, places: DamageRow['places']): Promise<void> {
  const set = { places: places.slice(0, MAX_PLACES), placeCount: places.length };
  await deps.catalogue.transact([patch(damageEntity, damageKey(damage), { set })]);
}

/**
 * Objects that are marked as damaged, and that somebody has perhaps uploaded again: takes the mark
 * from those that are whole now, and answers those that are not. `arePages`: whatever they were
 * taken for when they were found damaged.
 */
export async function heal(
  deps: EngineDeps,
  owner: Owner,
  rows: readonly ObjectRow[],
  { arePages = false } = {},
): Promise<ObjectId[]> {
  const { accountId, regionId, domainId } = owner;
  const still: ObjectId[] = [];
  for (const row of rows) {
    const id = row.id as ObjectId;
    const key = { accountId, regionId, domainId, objectId: id };
    const damage = await deps.catalogue.get(damageEntity, key);
    const stored = await deps.objects(regionId).get(objectKey(domainId, id));
    const isPage = arePages || (damage?.isPage ?? false);
    if (!isWhole(stored, { id, isPage, sealed: damage?.sealed ?? false }, damage)) {
      still.push(id);
      continue;
    }
    // Before the mark goes: else a power cut could bring the old bytes back, unmarked.
    await deps.objects(regionId).persist([objectKey(domainId, id)]);
    const when = [equal('damagedAt', row.damagedAt ?? 0)];
    const writes: Write[] = [patch(objectEntity, { domainId, id }, { remove: ['damagedAt'], when })];
    if (damage !== undefined) writes.push(patch(damageEntity, key, { set: healedNow(deps) }));
    if (damage !== undefined && damage.healedAt === undefined)
      writes.push(...(deps.tellDamage?.(damage, 'REPLACED') ?? []));
    await deps.catalogue.transact(writes); // refused where somebody else has done it
  }
  return still;
}

/**
 * Sealing the same block twice never gives the same bytes: those in which a reader met the damage
 * are no new upload.
 */
export function isWhole(stored: Buffer | undefined, as: Inspected, damage: DamageRow | undefined): boolean {
  if (stored === undefined || judgeObject(stored, as).reason !== undefined) return false;
  return damage?.damagedSha256 === undefined || damage.damagedSha256 !== hash('sha256', stored, 'hex');
}

/** The object is gone, as nobody needs it any more. */
export async function retire(deps: EngineDeps, damage: DamageRow): Promise<void> {
  const when = [absent('healedAt')];
  const told = deps.tellDamage?.(damage, 'UNUSED') ?? [];
  await deps.catalogue.transact([patch(damageEntity, damageKey(damage), { set: healedNow(deps), when }), ...told]);
}

function healedNow({ clock }: Pick<EngineDeps, 'clock'>): Required<Pick<DamageRow, 'healedAt' | 'forgetAt'>> {
  const healedAt = clock.now();
  return { healedAt, forgetAt: Math.floor(healedAt / 1000) + HEALED_TTL_S };
}

function damageKey({ accountId, regionId, domainId, objectId }: DamageRow) {
  return { accountId, regionId, domainId, objectId };
}
