import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BLOCK_BYTES, EMPTY, type ObjectId, objectKey, type Root } from '../../src/engine/blocks/block.ts';
import { accountNodes } from '../../src/engine/books/account-nodes.ts';
import { damageEntity, nodeEntity, objectEntity } from '../../src/engine/books/rows.ts';
import { heal, meetDamage, noteDamage } from '../../src/engine/health/damage.ts';
import { mend } from '../../src/engine/health/mend.ts';
import { readBack } from '../../src/engine/health/read-back.ts';
import { recount } from '../../src/engine/health/recount.ts';
import { trace } from '../../src/engine/health/trace.ts';
import { put, remove } from '../../src/platform/catalogue/port.ts';
import { blockOfByte } from '../support/blocks.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { FUZZ_SEED } from '../support/fuzz-seed.ts';
import { play } from '../support/history.ts';
import { DOMAINS, newModel } from '../support/history-model.ts';
import { lowStep } from '../support/history-steps.ts';
import { nodesFound, recountedFaults } from '../support/recounted.ts';
import { leftovers, outlastGrace, recover } from '../support/recovery.ts';
import { sealedForm } from '../support/sealed-form.ts';

const RUNS = Math.ceil(Number(process.env.VARVE_HISTORIES ?? 10_000) / 40);
const ACCOUNTS = [...new Set(DOMAINS.map(({ accountId }) => accountId))];

/** What may go wrong with one object: which, and how. */
const harms = fc.array(
  fc.record({
    pick: fc.nat({ max: 1000 }),
    how: fc.constantFrom('more', 'fewer', 'none', 'no row', 'length' as const),
  }),
  { minLength: 1, maxLength: 4 },
);

function harm(harness: EngineHarness, pick: number, how: string): Promise<unknown> | undefined {
  const rows = harness.catalogue.rows(objectEntity).filter(({ refs }) => refs > 0);
  const row = rows[pick % Math.max(1, rows.length)];
  if (row === undefined) return undefined;
  const { domainId, id } = row;
  const dead = { refs: 0, zeroAt: harness.clock.now(), zeroShard: id.slice(0, 1) };
  if (how === 'no row') return harness.catalogue.transact([remove(objectEntity, { domainId, id })]);
  const changed =
    how === 'length'
      ? { ...row, storedBytes: row.storedBytes + 7 }
      : how === 'more'
        ? { ...row, refs: row.refs + 2 }
        : how === 'fewer' && row.refs > 1
          ? { ...row, refs: row.refs - 1 }
          : { ...row, ...dead };
  return harness.catalogue.transact([put(objectEntity, changed, 'any')]);
}

test(`I6: whatever the history and whatever is wrong then, a recount finds all of it and mends it (${RUNS} histories)`, async () => {
  const histories = fc.tuple(
    fc.array(lowStep, { minLength: 4, maxLength: 20, size: 'max' }),
    fc.nat(),
    harms,
    fc.constantFrom(undefined, 1, 3, 16),
  );
  await fc.assert(
    fc.asyncProperty(histories, async ([steps, seed, wrongs, ranges]) => {
      const harness = createEngineHarness(seed);
      const model = newModel();
      for (const domain of [0, 1, 2]) await play(harness, model, { do: 'create', domain });
      for (const step of steps) await play(harness, model, step);
      expect(await recountedFaults(harness, { ranges, atRest: false })).toEqual([]);
      await recover(harness);
      expect(await nodesFound(harness, ACCOUNTS)).toEqual(
        harness.catalogue
          .rows(nodeEntity)
          .map(({ id }) => id)
          .sort(),
      );
      expect(await recountedFaults(harness, { ranges })).toEqual([]);
      const alive = () =>
        harness.catalogue
          .rows(objectEntity)
          .filter(({ refs }) => refs > 0)
          .map((row) => JSON.stringify(row))
          .sort();
      const before = alive();
      for (const { pick, how } of wrongs) await harm(harness, pick, how);
      for (const { domainId, ...fault } of await recountedFaults(harness, { ranges })) {
        expect(await mend(harness.deps, { domainId, regionId: 'r' }, fault)).toBe(true);
      }
      expect(await recountedFaults(harness, { ranges })).toEqual([]);
      expect(alive()).toEqual(before);
      expect((await findFaults(harness)).filter((fault) => !fault.includes('counts'))).toEqual([]);
      await outlastGrace(harness);
      expect(leftovers(harness)).toEqual([]);
    }),
    { numRuns: RUNS, ...FUZZ_SEED },
  );
}, 600_000);

const owner = { accountId: 'acc', regionId: 'r', domainId: 'dom' };
const FOREVER = { until: Number.POSITIVE_INFINITY, maxBytes: Number.POSITIVE_INFINITY };

async function write(harness: EngineHarness, headId: string, values: readonly number[], from = 0) {
  const blocks = values.map(blockOfByte);
  for (const { id, stored } of blocks) await harness.objects.put(objectKey('dom', id), stored);
  const node = await harness.tree.get('acc', headId);
  const writes = blocks.map(({ id }, at) => ({ index: from + at, id }));
  return harness.tree.commit({ accountId: 'acc', headId, expectedVersion: node?.version ?? -1, writes, trims: [] });
}

/** d-1 [1 2 3] → s-1, then d-1 [1 4 3]; d-2 is a clone of s-1; d-3 [3 … 9 at block 2000]. */
async function family(): Promise<EngineHarness> {
  const harness = createEngineHarness(1);
  const create = (nodeId: string, fromId?: string) =>
    harness.tree.createHead({ ...owner, nodeId, chainId: nodeId, ...(fromId !== undefined && { fromId }) }, []);
  await create('d-1');
  await write(harness, 'd-1', [1, 2, 3]);
  await harness.tree.snapshot({ accountId: 'acc', headId: 'd-1', snapshotId: 's-1' }, () => []);
  await write(harness, 'd-1', [4], 1);
  await create('d-2', 's-1');
  await create('d-3');
  await write(harness, 'd-3', [3]);
  await write(harness, 'd-3', [9], 2000);
  await recover(harness);
  return harness;
}

async function readAll(harness: EngineHarness, nodeId: string, chosen: (id: ObjectId) => boolean = () => true) {
  const node = await harness.tree.get('acc', nodeId);
  const part = { ...owner, root: node?.root as Root, base: EMPTY, sealed: false, chosen };
  return readBack(harness.deps, part, { ...FOREVER, seen: new Set() });
}

describe('9.5: reading back', () => {
  test('finds nothing where all is well', async () => {
    const harness = await family();
    for (const id of ['d-1', 's-1', 'd-2'])
      expect(await readAll(harness, id)).toMatchObject({ objects: 4, damages: [] });
    expect(await readAll(harness, 'd-3')).toMatchObject({ objects: 5, damages: [] });
  });

  const harmed: readonly [string, (bytes: Buffer) => Buffer | undefined][] = [
    ['LENGTH', (bytes) => bytes.subarray(0, 4)],
    ['FORM', (bytes) => Buffer.concat([Buffer.from('XXXX'), bytes.subarray(4)])],
    ['MISSING', () => undefined],
    ['CHECKSUM', () => blockOfByte(77).stored],
  ];
  test.each(harmed)('finds an object that is %s, a block as well as a page', async (reason, change) => {
    for (const isPage of [false, true]) {
      const harness = await family();
      const id = isPage ? ((await harness.tree.get('acc', 'd-2'))?.root as ObjectId) : blockOfByte(2).id;
      const key = objectKey('dom', id);
      const bytes = change(harness.objects.stored.get(key) ?? Buffer.alloc(0));
      if (bytes === undefined) harness.objects.stored.delete(key);
      else harness.objects.stored.set(key, bytes);
      const { damages } = await readAll(harness, 'd-2');
      expect(damages).toEqual([{ id, isPage, reason }]);
    }
  });

  test('goes on where it was, however short the stretches are', async () => {
    const harness = await family();
    harness.objects.stored.delete(objectKey('dom', blockOfByte(9).id));
    const root = (await harness.tree.get('acc', 'd-3'))?.root as Root;
    const found: unknown[] = [];
    let objects = 0;
    let after: { lastBlock: number; height: number } | undefined;
    for (let rounds = 0; rounds < 20; rounds++) {
      const part = { ...owner, root, base: EMPTY, sealed: false, chosen: () => true, after };
      const result = await readBack(harness.deps, part, { until: 0, maxBytes: 0, seen: new Set() });
      found.push(...result.damages);
      objects += result.objects;
      after = result.after;
      if (after === undefined) break;
    }
    expect(found).toEqual([{ id: blockOfByte(9).id, isPage: false, reason: 'MISSING' }]);
    expect(objects).toBe(5);
  });

  test('a sample reads what it chose, and all pages', async () => {
    const harness = await family();
    expect(await readAll(harness, 'd-1', (id) => id === blockOfByte(4).id)).toMatchObject({ objects: 2, damages: [] });
  });
});

test('every disk and snapshot that a damaged object touches is named, with the offset', async () => {
  const harness = await family();
  const { nodes } = await accountNodes(harness.deps, owner);
  const page = (await harness.tree.get('acc', 's-1'))?.root as ObjectId;
  const traced = await trace(
    harness.deps,
    nodes,
    new Set([blockOfByte(2).id, blockOfByte(3).id, blockOfByte(9).id, page]),
  );
  const tell = (id: ObjectId) =>
    (traced.get(id) ?? []).map(({ nodeId, offsetBytes }) => `${nodeId}@${offsetBytes / BLOCK_BYTES}`).sort();
  expect(tell(blockOfByte(2).id)).toEqual(['d-2@1', 's-1@1']);
  expect(tell(blockOfByte(3).id)).toEqual(['d-1@2', 'd-2@2', 'd-3@0', 's-1@2']);
  expect(tell(blockOfByte(9).id)).toEqual(['d-3@2000']);
  expect(tell(page)).toEqual(['d-2@0', 's-1@0']);
});

test('an object at very many places hides no other, and each version is named once, with the first offset', async () => {
  const harness = await family();
  const [often, once] = [blockOfByte(5), blockOfByte(6)];
  for (const { id, stored } of [often, once]) await harness.objects.put(objectKey('dom', id), stored);
  const commit = (expectedVersion: number, writes: { index: number; id: ObjectId }[]) =>
    harness.tree.commit({ accountId: 'acc', headId: 'd-2', expectedVersion, writes, trims: [] });
  const at = (first: number, count: number) =>
    Array.from({ length: count }, (_, n) => ({ index: first + n, id: often.id }));
  await commit(0, at(100, 1024));
  await commit(1, [...at(2000, 200), { index: 3000, id: once.id }]);
  await recover(harness);
  const { nodes } = await accountNodes(harness.deps, owner);
  const traced = await trace(harness.deps, nodes, new Set([often.id, once.id]));
  expect(traced.get(often.id)).toEqual([{ nodeId: 'd-2', offsetBytes: 100 * BLOCK_BYTES }]);
  expect(traced.get(once.id)).toEqual([{ nodeId: 'd-2', offsetBytes: 3000 * BLOCK_BYTES }]);
});

describe('healing', () => {
  test('a damaged block heals with the next upload and commit of its content', async () => {
    const harness = await family();
    const { id } = blockOfByte(2);
    harness.objects.stored.set(objectKey('dom', id), Buffer.from('VRV'));
    await noteDamage(harness.deps, owner, { id, isPage: false, sealed: false, reason: 'LENGTH' }, 'sc-1');
    const names = { accountId: 'acc', headId: 'd-3', expectedVersion: 2, writes: [{ index: 5, id }], trims: [] };
    await expect(harness.tree.commit(names)).rejects.toMatchObject({
      code: 'ObjectMissing',
      extra: { objectIds: [id] },
    });
    await write(harness, 'd-3', [2], 5);
    await recover(harness);
    expect((await readAll(harness, 'd-2')).damages).toEqual([]);
    expect(harness.catalogue.rows(objectEntity).filter(({ damagedAt }) => damagedAt !== undefined)).toEqual([]);
    expect(harness.catalogue.rows(damageEntity)).toMatchObject([{ objectId: id, healedAt: expect.any(Number) }]);
    expect(await findFaults(harness)).toEqual([]);
  });

  test('a damaged page heals with the next commit that makes the same page', async () => {
    const harness = await family();
    const id = (await harness.tree.get('acc', 's-1'))?.root as ObjectId;
    harness.objects.stored.delete(objectKey('dom', id));
    await noteDamage(harness.deps, owner, { id, isPage: true, sealed: false, reason: 'MISSING' }, 'sc-1');
    await harness.tree.createHead({ ...owner, nodeId: 'd-4', chainId: 'd-4' }, []);
    await write(harness, 'd-4', [1, 2, 3]);
    await recover(harness);
    expect((await readAll(harness, 's-1')).damages).toEqual([]);
    expect(harness.catalogue.rows(damageEntity)).toMatchObject([{ objectId: id, healedAt: expect.any(Number) }]);
  });

  test('of what a reader says, only what the service sees too is damaged', async () => {
    const harness = await family();
    const { id } = blockOfByte(2);
    const met = { id, isPage: false, sealed: false, isTrusted: true, place: { nodeId: 'd-2', offsetBytes: 0 } };
    expect(await meetDamage(harness.deps, owner, met)).toBe('WHOLE');
    expect(harness.catalogue.rows(damageEntity)).toEqual([]);
    harness.objects.stored.set(objectKey('dom', id), Buffer.from('VRV'));
    expect(await meetDamage(harness.deps, owner, met)).toBe('DAMAGED');
    expect(harness.catalogue.rows(damageEntity)).toMatchObject([{ objectId: id, reason: 'LENGTH' }]);
    expect(await meetDamage(harness.deps, owner, { ...met, id: blockOfByte(99).id })).toBe('GONE');
  });

  test('a sealed block of the right form is damaged for who has the key, until other bytes are there', async () => {
    const harness = await family();
    const { id } = blockOfByte(2);
    const key = objectKey('dom', id);
    const sealed = sealedForm(id);
    harness.objects.stored.set(key, sealed);
    const met = { id, isPage: false, sealed: true, isTrusted: false, place: { nodeId: 'd-2', offsetBytes: 0 } };
    expect(await meetDamage(harness.deps, owner, met)).toBe('WHOLE');
    expect(await meetDamage(harness.deps, owner, { ...met, isTrusted: true })).toBe('DAMAGED');
    const row = () => harness.catalogue.rows(objectEntity).find((each) => each.id === id);
    const marked = row();
    expect(await heal(harness.deps, owner, marked === undefined ? [] : [marked])).toEqual([id]);
    harness.objects.stored.set(key, Buffer.concat([sealed, Buffer.from('!')])); // sealed again
    expect(await heal(harness.deps, owner, marked === undefined ? [] : [marked])).toEqual([]);
    expect(row()?.damagedAt).toBeUndefined();
  });

  test('the mark outlives the last reference, and the first one again', async () => {
    const harness = await family();
    const { id } = blockOfByte(9);
    await noteDamage(harness.deps, owner, { id, isPage: false, sealed: false, reason: 'CHECKSUM' }, 'sc-1');
    await harness.tree.release({ accountId: 'acc', nodeId: 'd-3' }, []);
    await recover(harness);
    const mark = () => harness.catalogue.rows(objectEntity).find((row) => row.id === id);
    expect(mark()).toMatchObject({ refs: 0, damagedAt: expect.any(Number) });
    await write(harness, 'd-2', [9], 7);
    await recover(harness);
    expect(mark()?.damagedAt).toBeUndefined(); // the upload healed it
  });
});

describe('I6: a recount beside others', () => {
  test('knows of versions whose manifest is still to be written', async () => {
    const harness = await family();
    await harness.tree.createHead({ ...owner, nodeId: 'd-5', chainId: 'd-5' }, []);
    await write(harness, 'd-5', [2, 5]);
    expect(await recount(harness.deps, { ...owner, at: 0, of: 1 })).toMatchObject({ faults: [], unsettled: 0 });
  });

  test('says nothing of what is being changed', async () => {
    const harness = await family();
    const row = harness.catalogue.rows(objectEntity).find(({ id }) => id === blockOfByte(4).id);
    await harness.catalogue.transact([put(objectEntity, { ...(row as object), refs: 9 } as never, 'any')]);
    // its entry stays open
    await harness.tree.rollback({ accountId: 'acc', headId: 'd-1', toId: 's-1' }, []);
    const range = { ...owner, at: 0, of: 1 };
    expect(await recount(harness.deps, range)).toMatchObject({ faults: [], unsettled: expect.any(Number) });
    await recover(harness);
    expect((await recount(harness.deps, range)).faults).toMatchObject([
      { kinds: ['COUNT'], id: blockOfByte(4).id, expected: 0 },
    ]);
  });

  test('says nothing of counts while a page cannot be read', async () => {
    const harness = await family();
    const id = (await harness.tree.get('acc', 'd-1'))?.root as ObjectId;
    harness.objects.stored.delete(objectKey('dom', id));
    harness.deps.pageCache.clear();
    const told = await recount(harness.deps, { ...owner, at: 0, of: 1 });
    expect(told).toMatchObject({ faults: [], unreadable: ['d-1'] });
  });

  test('names a node that the bucket tells of and the catalogue has lost', async () => {
    const harness = await family();
    await harness.catalogue.transact([remove(nodeEntity, { accountId: 'acc', id: 'd-3' })]);
    expect((await recount(harness.deps, { ...owner, at: 0, of: 1 })).lost).toEqual(['d-3']);
  });

  test('a mended count is not mended over one that has changed since', async () => {
    const harness = await family();
    const row = harness.catalogue.rows(objectEntity).find(({ id }) => id === blockOfByte(4).id);
    await harness.catalogue.transact([put(objectEntity, { ...(row as object), refs: 9 } as never, 'any')]);
    const [fault] = (await recount(harness.deps, { ...owner, at: 0, of: 1 })).faults;
    await harness.catalogue.transact([put(objectEntity, { ...(row as object), refs: 8 } as never, 'any')]);
    expect(await mend(harness.deps, owner, fault as never)).toBe(false);
    expect(harness.catalogue.rows(objectEntity).find(({ id }) => id === blockOfByte(4).id)?.refs).toBe(8);
  });
});
