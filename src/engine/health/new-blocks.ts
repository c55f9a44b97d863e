import { mapBounded } from '../../platform/bounded.ts';
import type { ObjectId } from '../blocks/block.ts';
import type { Judge } from '../blocks/judge.ts';
import { blocksOf, type NewBlocksRow } from '../books/new-blocks.ts';
import { readObjectRows } from '../books/object-rows.ts';
import { type StoredSizes, storedSizes } from '../books/stored-sizes.ts';
import type { Domain, EngineDeps } from '../deps.ts';
import { type Damage, inspect, noteDamage, type Owner } from './damage.ts';

/**
 * So few new blocks a commit reads itself: a GET costs what a HEAD does, and each takes 2 ms of
 * computing.
 */
const READ_AT_ONCE = 8;
const READS_IN_FLIGHT = 16; // of at most 512 KiB each

/**
 * I5 for blocks that no commit has named yet: whether they are in the store, and as far as it can
 * be told, that they are what their ids say. `unproved` are to be read back after the commit
 * ({@link readNewBlocks}). Blocks of sealed domains only a client can tell, so of them there are
 * none.
 */
export async function seeNewBlocks(
  deps: Pick<EngineDeps, 'objects'>,
  domain: Domain,
  ids: readonly ObjectId[],
  { plain }: { readonly plain: boolean },
): Promise<StoredSizes> {
  if (!plain) return { ...(await storedSizes(deps, domain, ids)), unproved: [] };
  if (ids.length > READ_AT_ONCE) return storedSizes(deps, domain, ids);
  const seen = await mapBounded(ids, READ_AT_ONCE, async (id) => ({ id, ...(await inspectBlock(deps, domain, id)) }));
  return {
    sizes: new Map(seen.flatMap(({ id, bytes, reason }) => (reason === undefined ? [[id, bytes]] : []))),
    missing: seen.flatMap(({ id, reason }) => (reason === undefined ? [] : [id])),
    unproved: [],
  };
}

const inspectBlock = (deps: Pick<EngineDeps, 'objects'>, domain: Domain, id: ObjectId, judge?: Judge) =>
  inspect(deps, domain, { id, isPage: false, sealed: false }, judge);

export interface NewBlocksRead {
  readonly objects: number;
  readonly bytes: number;
  /**
   * Marked by now, also where nothing refers to them any more: their rows would make others believe
   * that they are there.
   */
  readonly damages: readonly Damage[];
}

/** Reads back what a commit has left to be read. Again is harmless. */
export async function readNewBlocks(deps: EngineDeps, work: NewBlocksRow): Promise<NewBlocksRead> {
  const { accountId, regionId, domainId } = work;
  const owner: Owner = { accountId, regionId, domainId };
  const ids = blocksOf(work);
  const sum = { objects: 0, bytes: 0 };
  const suspects: Damage[] = [];
  await mapBounded(ids, READS_IN_FLIGHT, async (id) => {
    const { bytes, reason } = await inspectBlock(deps, owner, id, deps.judge);
    sum.objects++;
    sum.bytes += bytes;
    if (reason !== undefined && !(await isPage(deps, owner, id))) suspects.push({ id, isPage: false, reason });
  });
  return { ...sum, damages: await mark(deps, owner, suspects) };
}

/** Answers those that the catalogue still has. */
async function mark(deps: EngineDeps, owner: Owner, suspects: readonly Damage[]): Promise<Damage[]> {
  const rows = await readObjectRows(
    deps.catalogue,
    owner.domainId,
    suspects.map(({ id }) => id),
  );
  const known = suspects.filter(({ id }) => rows.has(id) && rows.get(id)?.tombstonedAt === undefined);
  for (const damage of known) await noteDamage(deps, owner, { ...damage, sealed: false }, SEEN_BY);
  return known;
}

/** Whose damages these are, in the place of a scrub's id. */
const SEEN_BY = 'new blocks';

/** What a client has named as a block may be a page that others need. */
async function isPage(deps: EngineDeps, domain: Domain, id: ObjectId): Promise<boolean> {
  return (await inspect(deps, domain, { id, isPage: true, sealed: false })).reason === undefined;
}
