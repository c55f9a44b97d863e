import { equal, patch, put, type Write } from '../platform/catalogue/port.ts';
import { VarveError } from '../platform/errors.ts';
import { BLOCK_BYTES, type ObjectId, objectKey } from './block.ts';
import type { Domain, EngineDeps } from './deps.ts';
import { decodeObject, requireSealedForm } from './object-form.ts';
import { decodePage } from './page.ts';
import { type DamageRow, damageEntity, MAX_PLACES, type ObjectRow, objectEntity } from './rows.ts';

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

/** Without its key, no more of a sealed block can be seen than its form and length. Pages are never sealed. */
interface Inspected {
  readonly id: ObjectId;
  readonly isPage: boolean;
  readonly sealed: boolean;
}

const HEALED_TTL_S = 90 * 24 * 3600; // long enough to be read in a report of the quarter

/** Reads an object back. Without a `reason` it is as its id says. */
export async function inspect(
  deps: Pick<EngineDeps, 'objects'>,
  { regionId, domainId }: Domain,
  { id, isPage, sealed }: Inspected,
): Promise<{ readonly bytes: number; readonly reason?: string }> {
  const stored = await deps.objects(regionId).get(objectKey(domainId, id));
  if (stored === undefined) return { bytes: 0, reason: 'MISSING' };
  try {
    if (isPage) decodePage(decodeObject(stored, { id }), id);
    else if (sealed) requireSealedForm(stored, id);
    else decodeObject(stored, { id, plainBytes: BLOCK_BYTES });
    return { bytes: stored.length };
  } catch (error) {
    if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged') throw error;
    return { bytes: stored.length, reason: String(error.extra.reason) };
  }
}

/**
 * Keeps what was found, and marks the object: from now on `prepareUpload` asks for it as if it were not there, and the commit that
 * names it looks at what was uploaded ({@link heal}). Again is harmless; the first time of finding it stays. False where `seenBy`, the scrub, has
 * seen it before.
 */
export async function noteDamage(
  deps: EngineDeps,
  owner: Owner,
  { id, isPage, reason, sealed }: Damage & Inspected,
  seenBy: string,
): Promise<boolean> {
  const { accountId, regionId, domainId } = owner;
  const key = { accountId, regionId, domainId, objectId: id };
  const known = await deps.catalogue.get(damageEntity, key);
  if (known !== undefined && known.healedAt === undefined && known.seenBy === seenBy) return false;
  const found = { reason, isPage, sealed, foundAt: deps.clock.now(), places: [] };
  const row: DamageRow = known === undefined || known.healedAt !== undefined ? { ...key, ...found } : known;
  await deps.catalogue.transact([put(damageEntity, { ...row, seenBy }, 'any')]);
  const set = { damagedAt: row.foundAt };
  await deps.catalogue.transact([patch(objectEntity, { domainId, id }, { set })]);
  return true;
}

export async function notePlaces(deps: EngineDeps, damage: DamageRow, places: DamageRow['places']): Promise<void> {
  const set = { places: places.slice(0, MAX_PLACES), placeCount: places.length };
  await deps.catalogue.transact([patch(damageEntity, damageKey(damage), { set })]);
}

/**
 * Objects that are marked as damaged, and that somebody has perhaps uploaded again: takes the mark from those that are whole now, and answers
 * those that are not.
 */
export async function heal(deps: EngineDeps, owner: Owner, rows: readonly ObjectRow[]): Promise<ObjectId[]> {
  const { accountId, regionId, domainId } = owner;
  const still: ObjectId[] = [];
  for (const row of rows) {
    const id = row.id as ObjectId;
    const key = { accountId, regionId, domainId, objectId: id };
    const damage = await deps.catalogue.get(damageEntity, key);
    const { reason } = await inspect(deps, owner, {
      id,
      isPage: damage?.isPage ?? false,
      sealed: damage?.sealed ?? false,
    });
    if (reason !== undefined) {
      still.push(id);
      continue;
    }
    const when = [equal('damagedAt', row.damagedAt ?? 0)];
    const writes: Write[] = [patch(objectEntity, { domainId, id }, { remove: ['damagedAt'], when })];
    if (damage !== undefined) writes.push(patch(damageEntity, key, { set: healedNow(deps) }));
    await deps.catalogue.transact(writes); // refused where somebody else has done it
  }
  return still;
}

/** The object is gone, as nobody needs it any more. */
export async function retire(deps: EngineDeps, damage: DamageRow): Promise<void> {
  await deps.catalogue.transact([patch(damageEntity, damageKey(damage), { set: healedNow(deps) })]);
}

function healedNow({ clock }: Pick<EngineDeps, 'clock'>): Required<Pick<DamageRow, 'healedAt' | 'forgetAt'>> {
  const healedAt = clock.now();
  return { healedAt, forgetAt: Math.floor(healedAt / 1000) + HEALED_TTL_S };
}

function damageKey({ accountId, regionId, domainId, objectId }: DamageRow) {
  return { accountId, regionId, domainId, objectId };
}
