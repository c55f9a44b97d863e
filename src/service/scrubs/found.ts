import type { ObjectId } from '../../engine/blocks/block.ts';
import type { AccountNodes } from '../../engine/books/account-nodes.ts';
import { readObjectRows } from '../../engine/books/object-rows.ts';
import { type DamageRow, damageEntity } from '../../engine/books/rows.ts';
import { type Damage, heal, noteDamage, notePlaces, type Owner, retire } from '../../engine/health/damage.ts';
import { trace } from '../../engine/health/trace.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { domainEntity } from '../model/disks/rows.ts';
import type { ScrubDeps } from './run.ts';
import type { Unit } from './units.ts';

const PAGE = 100;
/** More open damages than this are a lost bucket, not something to trace one by one. */
const MOST_TRACED = 10_000;

/** Which of the units' domains are encrypted. */
export async function domainKeys(
  { service }: ScrubDeps,
  units: readonly Unit[],
): Promise<(domainId: string) => boolean> {
  const ids = [...new Set(units.map(({ node }) => node.domainId))];
  const rows = await service.catalogue.getMany(
    domainEntity,
    ids.map((id) => ({ id })),
  );
  const sealed = new Set(rows.flatMap((row) => (row?.keyId === undefined ? [] : [row.id])));
  return (domainId) => sealed.has(domainId);
}

/**
 * Keeps damages, and answers those that this scrub had not seen. What nobody refers to any more may
 * be gone: a version that was replaced while it was read.
 */
export async function keepDamages(
  { engine }: ScrubDeps,
  owner: Owner,
  damages: readonly Damage[],
  { sealed, seenBy }: { readonly sealed: boolean; readonly seenBy: string },
): Promise<Damage[]> {
  const ids = damages.map(({ id }) => id);
  const rows = await readObjectRows(engine.catalogue, owner.domainId, ids);
  const needed = damages.filter(({ id }) => (rows.get(id)?.refs ?? 0) > 0);
  const fresh: Damage[] = [];
  for (const damage of needed) {
    if (await noteDamage(engine, owner, { ...damage, sealed }, seenBy)) fresh.push(damage);
  }
  return fresh;
}

interface Place {
  readonly accountId: string;
  readonly regionId: string;
}

/**
 * Looks at all that is known to be damaged once more: what is whole again, or gone, is closed; of
 * the rest, who needs it.
 */
export async function traceDamages(deps: ScrubDeps, place: Place, nodes: AccountNodes): Promise<void> {
  const open = await openDamages(deps, place);
  for (const domainId of new Set(open.map((damage) => damage.domainId))) {
    const mine = open.filter((damage) => damage.domainId === domainId);
    const ids = mine.map(({ objectId }) => objectId as ObjectId);
    const rows = [...(await readObjectRows(deps.engine.catalogue, domainId, ids)).values()];
    // Nobody can refer to what has a tombstone ever again: it is as good as gone.
    const standing = rows.filter(({ tombstonedAt }) => tombstonedAt === undefined);
    const still = new Set(await heal(deps.engine, { ...place, domainId }, standing));
    const known = new Set(standing.map(({ id }) => id));
    for (const damage of mine) if (!known.has(damage.objectId)) await retire(deps.engine, damage);
    if (still.size === 0) continue;
    const ofDomain = nodes.nodes.filter((node) => node.domainId === domainId);
    const hidden = new Set(ofDomain.flatMap(({ id, hidden: isHidden }) => (isHidden ? [id] : [])));
    const traced = await trace(deps.engine, ofDomain, still);
    for (const damage of mine.filter(({ objectId }) => still.has(objectId as ObjectId))) {
      const places = (traced.get(damage.objectId as ObjectId) ?? []).filter(({ nodeId }) => !hidden.has(nodeId));
      await notePlaces(deps.engine, damage, places);
    }
  }
}

async function openDamages({ engine }: ScrubDeps, { accountId, regionId }: Place): Promise<DamageRow[]> {
  const open: DamageRow[] = [];
  const query = { partition: { accountId, regionId }, pageSize: PAGE };
  for await (const damage of rowsOf(engine.catalogue, damageEntity, query)) {
    if (damage.healedAt === undefined) open.push(damage);
    if (open.length === MOST_TRACED) break;
  }
  return open;
}
