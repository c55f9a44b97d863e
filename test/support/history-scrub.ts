import { BLOCK_BYTES, type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import {
  type DamageRow,
  damageEntity,
  domainCountEntity,
  type ObjectRow,
  objectEntity,
} from '../../src/engine/books/rows.ts';
import type { CommitInput } from '../../src/engine/contract.ts';
import { meetDamage } from '../../src/engine/health/damage.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { patch, put } from '../../src/platform/catalogue/port.ts';
import { VarveError } from '../../src/platform/errors.ts';
import { type ScrubRow, scrubEntity } from '../../src/service/model/scrubs/rows.ts';
import { newScrub } from '../../src/service/scrubs/new-scrub.ts';
import { runScrub } from '../../src/service/scrubs/run.ts';
import { type EngineHarness, findFaults } from './engine-harness.ts';
import { DOMAINS, type Model, versionsOf } from './history-model.ts';
import type { Harm } from './history-steps.ts';
import { sealedForm } from './sealed-form.ts';

const REGION = 'r';
const ACCOUNTS = [...new Set(DOMAINS.map(({ accountId }) => accountId))];

/** Scrubs everything, as the service does, and answers what it told of each account. */
async function scrubAll({ deps, catalogue }: EngineHarness, repair: boolean): Promise<ScrubRow[]> {
  const told: ScrubRow[] = [];
  for (const accountId of ACCOUNTS) {
    const { id, ...row } = newScrub(deps, accountId, { region: REGION, samplePercent: 100, repair });
    await catalogue.transact([put(scrubEntity, { id, ...row })]);
    await runScrub({ service: deps, engine: deps }, { accountId, id }, Number.POSITIVE_INFINITY);
    const ended = await catalogue.get(scrubEntity, { accountId, id });
    if (ended?.status !== 'SUCCEEDED') throw new Error(`a scrub is ${ended?.status}: ${JSON.stringify(ended)}`);
    told.push(ended);
  }
  return told;
}

/**
 * A scrub in the middle of a history: it tells of exactly what is damaged, and where, and takes
 * nothing right for wrong.
 */
export async function scrub(harness: EngineHarness, model: Model, repair: boolean): Promise<void> {
  const told = await scrubAll(harness, repair);
  if (told.some(({ wrongCounts, mended, findings }) => wrongCounts + mended + findings.length > 0))
    throw new Error(`takes right counts for wrong: ${JSON.stringify(told)}`);
  const open = new Map(openDamages(harness).map((row) => [`${row.domainId}/${row.objectId}`, row]));
  const damaged = damagedObjects(harness);
  for (const row of damaged) {
    const places = placesIn(model, row);
    if (places.length === 0) continue; // needed by nothing that is shown, or about to be dropped
    const { placeCount, places: named } = open.get(`${row.domainId}/${row.id}`) ?? {
      placeCount: undefined,
      places: [],
    };
    const same = JSON.stringify(named.map(placeText).sort()) === JSON.stringify(places.map(placeText).sort());
    if (placeCount !== places.length || !same)
      throw new Error(`${row.id} should be damaged at ${JSON.stringify(places)}`);
  }
  // What is dead may be told of too: within its grace time a commit could take it for whole.
  const changed = changedObjects(harness);
  const whole = [...open.keys()].filter((key) => !changed.some(({ domainId, id }) => key === `${domainId}/${id}`));
  if (whole.length > 0) throw new Error(`not damaged any more, and still told of: ${whole}`);
}

/** Bytes in the bucket that something else has changed, or a count that is wrong. */
export async function harm(harness: EngineHarness, model: Model, { on, how, met }: Harm): Promise<void> {
  const alive = harness.catalogue.rows(objectEntity).filter((row) => row.refs > 0 && isBlock(row));
  const row = alive[on % Math.max(1, alive.length)];
  if (row === undefined) return;
  if (how === 'miscounted') return miscount(harness, row);
  const key = keyOf(row);
  await harness.objects.persist([key]); // else it would be a process that harms its own upload
  const bytes = harness.objects.stored.get(key) ?? Buffer.alloc(0);
  if (how === 'missing') harness.objects.stored.delete(key);
  else if (how === 'cut') harness.objects.stored.set(key, bytes.subarray(0, 9));
  else if (how === 'broken') harness.objects.stored.set(key, broken(bytes));
  else harness.objects.stored.set(key, Buffer.concat([Buffer.from('X'), bytes.subarray(1)]));
  if (met || how === 'broken') await meet(harness, model, row);
}

/** Of the right form, and never the same twice. */
function broken(bytes: Buffer): Buffer {
  const end = bytes.length - 1;
  return Buffer.concat([bytes.subarray(0, end), Buffer.of(((bytes[end] ?? 0) + 1) % 256)]);
}

/** Who has the key reads it, and tells the service. */
async function meet(harness: EngineHarness, model: Model, row: ObjectRow): Promise<void> {
  const { accountId } = DOMAINS.find(({ domainId }) => domainId === row.domainId) ?? { accountId: '' };
  const [place = { nodeId: 'hidden', offsetBytes: 0 }] = placesIn(model, row);
  const as = { id: row.id as ObjectId, isPage: false, sealed: true, isTrusted: true, place };
  const state = await meetDamage(harness.deps, { accountId, regionId: REGION, domainId: row.domainId }, as);
  if (state !== 'DAMAGED') throw new Error(`${row.id} is damaged, and said to be ${state}`);
}

/** At rest, so that every wrong count can be told from one that is being changed. */
async function miscount(harness: EngineHarness, { domainId, id }: ObjectRow): Promise<void> {
  await harness.settle();
  const row = await harness.catalogue.get(objectEntity, { domainId, id });
  if (row === undefined || row.refs === 0) return;
  // As if somebody had counted twice too often: the domain's counts follow the row.
  const counts = harness.catalogue.rows(domainCountEntity).find((each) => each.domainId === domainId);
  await harness.catalogue.transact([
    patch(objectEntity, { domainId, id }, { add: { refs: 2 } }),
    patch(domainCountEntity, { domainId, shard: counts?.shard ?? 0 }, { add: { blockRefs: 2 } }),
  ]);
  const told = await scrubAll(harness, true);
  const sum = (name: 'wrongCounts' | 'mended') => told.reduce((total, each) => total + each[name], 0);
  const mended = await harness.catalogue.get(objectEntity, { domainId, id });
  if (sum('wrongCounts') !== 1 || sum('mended') !== 1 || mended?.refs !== row.refs)
    throw new Error(`one count was wrong, ${row.refs} is right: ${JSON.stringify([told, mended])}`);
}

/**
 * All that is damaged is found, uploaded again, committed to a disk that goes again, and told of as
 * whole.
 */
export async function healAll(harness: EngineHarness, model: Model): Promise<void> {
  for (const row of changedObjects(harness).filter(({ refs }) => refs === 0)) {
    await harness.storeBlocks(row.domainId, [row.id as ObjectId]);
  }
  if (damagedObjects(harness).length === 0 && openDamages(harness).length === 0) return;
  await scrub(harness, model, false);
  for (const { accountId, domainId } of DOMAINS) {
    const ids = damagedObjects(harness).flatMap((row) => (row.domainId === domainId ? [row.id as ObjectId] : []));
    if (ids.length === 0) continue;
    const nodeId = `healing-${domainId}-${++model.made}`;
    await harness.tree.createHead({ accountId, nodeId, domainId, regionId: REGION, chainId: nodeId }, []);
    await harness.storeBlocks(domainId, ids);
    const writes = ids.map((id, index) => ({ index, id }));
    await commitPatiently(harness, { accountId, headId: nodeId, expectedVersion: 0, writes, trims: [] });
    await harness.tree.release({ accountId, nodeId }, []);
  }
  const open = [...openDamages(harness), ...damagedObjects(harness)];
  await scrub(harness, model, false);
  if (damagedObjects(harness).length + openDamages(harness).length > 0)
    throw new Error(`does not heal: ${JSON.stringify(open)}`);
}

/** Pages of the commit may just be being reclaimed: the client comes again later. */
async function commitPatiently({ tree, deps, clock }: EngineHarness, input: CommitInput): Promise<void> {
  const reclaimer = createReclaimer(deps, { ...RECLAIM_TIMES, searchEveryMs: Number.POSITIVE_INFINITY });
  for (let tries = 0; tries < 4; tries++) {
    try {
      await tree.commit(input);
      return;
    } catch (error) {
      if (!(error instanceof VarveError && error.code === 'ObjectTombstoned')) throw error;
    }
    clock.at += RECLAIM_TIMES.holdMs;
    await reclaimer.sweep(Number.POSITIVE_INFINITY);
  }
  throw new Error('tombstoned for ever');
}

/** Ids of blocks that are not as they were uploaded. */
export function damagedIds(harness: EngineHarness): string[] {
  return changedObjects(harness).map(({ id }) => id);
}

/** What {@link findFaults} says of everything but damage that is known. */
export async function faultsBesideDamage(harness: EngineHarness): Promise<string[]> {
  const damaged = damagedIds(harness);
  return (await findFaults(harness)).filter(
    (fault) => !damaged.some((id) => fault.endsWith(`${id}: not in the store`)),
  );
}

const damagedObjects = (harness: EngineHarness): ObjectRow[] => changedObjects(harness).filter(({ refs }) => refs > 0);

/** Those too that nothing refers to any more. */
function changedObjects(harness: EngineHarness): ObjectRow[] {
  return harness.catalogue.rows(objectEntity).filter((row) => {
    if (row.tombstonedAt !== undefined || !isBlock(row)) return false;
    return harness.objects.stored.get(keyOf(row))?.equals(sealedForm(row.id as ObjectId)) !== true;
  });
}

const keyOf = ({ domainId, id }: ObjectRow) => objectKey(domainId, id as ObjectId);

/** Pages are longer than any of the blocks here. */
const isBlock = ({ id, storedBytes }: ObjectRow): boolean => storedBytes === sealedForm(id as ObjectId).length;

const openDamages = ({ catalogue }: EngineHarness): DamageRow[] =>
  catalogue.rows(damageEntity).filter(({ healedAt }) => healedAt === undefined);

interface Place {
  readonly nodeId: string;
  readonly offsetBytes: number;
}
const placeText = ({ nodeId, offsetBytes }: Place) => `${nodeId}@${offsetBytes}`;

function placesIn(model: Model, { domainId, id }: ObjectRow): Place[] {
  return versionsOf(model).flatMap(([nodeId, version]) =>
    version.domainId !== domainId
      ? []
      : firstPlace(
          nodeId,
          [...version.contents].flatMap(([index, block]) => (block === id ? [index] : [])),
        ),
  );
}

const firstPlace = (nodeId: string, indices: readonly number[]): Place[] =>
  indices.length === 0 ? [] : [{ nodeId, offsetBytes: Math.min(...indices) * BLOCK_BYTES }];
