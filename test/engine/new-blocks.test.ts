import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { BLOCK_BYTES, type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { blockIdOf, encodeObject } from '../../src/engine/blocks/object-form.ts';
import { newPage } from '../../src/engine/blocks/page-store.ts';
import { blocksOf, newBlocksEntity } from '../../src/engine/books/new-blocks.ts';
import { damageEntity, objectEntity } from '../../src/engine/books/rows.ts';
import { heal, noteDamage } from '../../src/engine/health/damage.ts';
import { mend } from '../../src/engine/health/mend.ts';
import { readNewBlocks } from '../../src/engine/health/new-blocks.ts';
import { placeToUpload } from '../../src/engine/health/upload-place.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import type { Write } from '../../src/platform/catalogue/port.ts';
import { blockOfByte, type Upload } from '../support/blocks.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';
import { recover } from '../support/recovery.ts';

const owner = { accountId: 'acc', regionId: 'r', domainId: 'dom' };
const { accountId, domainId } = owner;
const HOURS_OF_GRACE = 25;
const MANY = 9; // more than a commit reads back by itself

/** Other content under the id of a block. */
const poisonOf = (value: number): Upload => ({ id: blockOfByte(value).id, stored: blockOfByte(value + 100).stored });
const fillers = (from: number) => Array.from({ length: MANY }, (_, at) => blockOfByte(from + at));

const key = (id: ObjectId) => objectKey(domainId, id);
const row = ({ catalogue }: EngineHarness, id: ObjectId) => catalogue.rows(objectEntity).find((each) => each.id === id);
const marked = ({ catalogue }: EngineHarness) =>
  catalogue.rows(objectEntity).flatMap(({ id, damagedAt }) => (damagedAt === undefined ? [] : [id]));
const unread = ({ catalogue }: EngineHarness) => catalogue.rows(newBlocksEntity).flatMap(blocksOf);

async function disk(limits = {}): Promise<EngineHarness> {
  const harness = createEngineHarness(1, limits);
  await harness.tree.createHead({ ...owner, nodeId: 'd-1', chainId: 'd-1' }, []);
  return harness;
}

async function put({ objects }: EngineHarness, blocks: readonly Upload[]): Promise<void> {
  for (const { id, stored } of blocks) await objects.put(key(id), stored);
}

async function commit(harness: EngineHarness, blocks: readonly Upload[], { plain = true, tree = harness.tree } = {}) {
  const { version = -1 } = (await harness.tree.get(accountId, 'd-1')) ?? {};
  const writes = blocks.map(({ id }, index) => ({ index, id }));
  return tree.commit({ accountId, headId: 'd-1', expectedVersion: version, writes, trims: [], plain });
}

async function readBack(harness: EngineHarness): Promise<void> {
  for (const work of harness.catalogue.rows(newBlocksEntity)) await readNewBlocks(harness.deps, work);
}

describe('I5: new blocks of a commit', () => {
  test('9.5: few are read at once: poison is as good as missing', async () => {
    const harness = await disk();
    await put(harness, [blockOfByte(1), poisonOf(2)]);
    const naming = commit(harness, [blockOfByte(1), blockOfByte(2)]);
    await expect(naming).rejects.toMatchObject({ code: 'ObjectMissing', extra: { objectIds: [blockOfByte(2).id] } });
    await put(harness, [blockOfByte(2)]);
    expect(await commit(harness, [blockOfByte(1), blockOfByte(2)])).toMatchObject({ version: 1 });
    expect(unread(harness)).toEqual([]);
  });

  test.each([
    ['in one transaction', {}],
    ['in steps', { stepObjects: 2 }],
  ])('9.5: of many, those that the store does not prove are left to be read back (%s)', async (_, limits) => {
    const harness = await disk(limits);
    const bare = { id: blockIdOf(noise), stored: noise };
    const blocks = [...fillers(10), bare];
    await put(harness, blocks);
    await commit(harness, blocks);
    expect(unread(harness).sort()).toEqual(
      fillers(10)
        .map(({ id }) => id)
        .sort(),
    );
    await commit(harness, [...blocks].reverse()); // none of them is new any more
    expect(unread(harness)).toHaveLength(MANY);
  });

  test('9.5: of a sealed domain none is read back, as only a reader with the key could tell', async () => {
    const harness = await disk();
    await put(harness, fillers(10));
    await commit(harness, fillers(10), { plain: false });
    expect(unread(harness)).toEqual([]);
  });

  test.each([
    ['live', false],
    ['dead', true],
  ])('9.5: poison that is %s is marked, all else is not', async (_, dies) => {
    const harness = await disk();
    await put(harness, [...fillers(10), poisonOf(2)]);
    await commit(harness, [...fillers(10), blockOfByte(2)]);
    if (dies) await commit(harness, [blockOfByte(10), ...Array<Upload>(MANY).fill(blockOfByte(11))]);
    await recover(harness);
    expect(row(harness, blockOfByte(2).id)?.refs).toBe(dies ? 0 : 1);
    await readBack(harness);
    expect(marked(harness)).toEqual([blockOfByte(2).id]);
    await readBack(harness); // again is harmless
    expect(harness.catalogue.rows(damageEntity)).toMatchObject([{ objectId: blockOfByte(2).id, reason: 'CHECKSUM' }]);
    expect(await findFaults(harness)).toEqual([]);
  });

  test('9.5: a mark that was lost with its writer is made by the next reader', async () => {
    const harness = await disk();
    await put(harness, [...fillers(10), poisonOf(2)]);
    await commit(harness, [...fillers(10), blockOfByte(2)]);
    const { catalogue } = harness;
    const killed = {
      ...catalogue,
      transact: async (writes: readonly Write[]) => {
        if (writes.some(({ entity }) => entity === objectEntity)) throw new Error('killed');
        return catalogue.transact(writes);
      },
    };
    const [work] = catalogue.rows(newBlocksEntity);
    if (work === undefined) throw new Error('nothing to be read');
    await expect(readNewBlocks({ ...harness.deps, catalogue: killed }, work)).rejects.toThrow('killed');
    expect(marked(harness)).toEqual([]);
    await readBack(harness);
    expect(marked(harness)).toEqual([blockOfByte(2).id]);
  });

  test('9.5: what is gone by the time it is read leaves nothing behind', async () => {
    const harness = await disk();
    await put(harness, [...fillers(10), poisonOf(2)]);
    await commit(harness, [...fillers(10), blockOfByte(2)]);
    const works = harness.catalogue.rows(newBlocksEntity);
    await harness.tree.release({ accountId, nodeId: 'd-1' }, []);
    await recover(harness);
    await harness.reclaim(HOURS_OF_GRACE);
    for (const work of works) expect((await readNewBlocks(harness.deps, work)).damages).toEqual([]);
    expect(harness.catalogue.rows(damageEntity)).toEqual([]);
  });
});

const noise = Buffer.from(Array.from({ length: BLOCK_BYTES / 32 }, (_, at) => hash('sha256', `${at}`)).join(''), 'hex');

describe('I5: orphans, of which there is a row though no commit has seen them', () => {
  const adopted = async (blocks: readonly Upload[]): Promise<EngineHarness> => {
    const harness = await disk();
    await put(harness, [blockOfByte(50)]);
    await commit(harness, [blockOfByte(50)]); // makes the domain known to the janitor
    await recover(harness);
    await put(harness, blocks);
    await harness.reclaim(HOURS_OF_GRACE);
    expect(blocks.map(({ id }) => row(harness, id))).toMatchObject(blocks.map(() => ({ refs: 0, isOrphan: true })));
    return harness;
  };

  test('9.5: are looked at by the commit that names them first', async () => {
    const harness = await adopted([blockOfByte(1), poisonOf(2)]);
    await expect(commit(harness, [blockOfByte(1), blockOfByte(2)])).rejects.toMatchObject({ code: 'ObjectMissing' });
    await commit(harness, [blockOfByte(1)]);
    expect(row(harness, blockOfByte(1).id)).toEqual({
      domainId,
      id: blockOfByte(1).id,
      refs: 1,
      storedBytes: blockOfByte(1).stored.length,
    });
    expect(await findFaults(harness)).toEqual([]);
  });

  test('9.5: are left to be read back where there are many', async () => {
    const harness = await adopted([...fillers(10), poisonOf(2)]);
    await commit(harness, [...fillers(10), blockOfByte(2)]);
    expect(unread(harness)).toHaveLength(MANY + 1);
    await readBack(harness);
    expect(marked(harness)).toEqual([blockOfByte(2).id]);
  });

  test('9.5: are not taken unseen by a commit that met the row as it was before', async () => {
    const harness = await disk();
    await put(harness, [blockOfByte(1), blockOfByte(3)]);
    await commit(harness, [blockOfByte(1)]);
    await commit(harness, [blockOfByte(3)]);
    await recover(harness);
    const { catalogue, deps } = harness;
    let isAdopted = false;
    const transact: typeof catalogue.transact = async (writes) => {
      const takes = writes.some(
        (write) => write.kind === 'put' && (write.row as { id?: string }).id === blockOfByte(1).id,
      );
      if (takes && !isAdopted) {
        isAdopted = true;
        // It goes for good, and other bytes are adopted in its place.
        await harness.reclaim(HOURS_OF_GRACE);
        await put(harness, [poisonOf(1)]);
        await harness.reclaim(HOURS_OF_GRACE);
        expect(row(harness, blockOfByte(1).id)).toMatchObject({ isOrphan: true });
      }
      return catalogue.transact(writes);
    };
    const tree = createVersionTree({ ...deps, catalogue: { ...catalogue, transact } });
    await expect(commit(harness, [blockOfByte(1)], { tree })).rejects.toMatchObject({ code: 'ObjectMissing' });
    expect(isAdopted).toBe(true);
  });

  test('9.5: stay what they are when a scrub mends their row', async () => {
    const harness = await adopted([blockOfByte(1)]);
    const known = row(harness, blockOfByte(1).id);
    if (known === undefined) throw new Error('no row');
    const fault = {
      kinds: ['LENGTH'] as const,
      id: blockOfByte(1).id,
      isPage: false,
      expected: 0,
      row: known,
      storedBytes: 7,
    };
    expect(await mend(harness.deps, owner, fault)).toBe(true);
    expect(row(harness, blockOfByte(1).id)).toMatchObject({ storedBytes: 7, isOrphan: true });
  });
});

describe('9.5: pages that somebody has put other bytes under', () => {
  const page = newPage({ level: 0, children: [blockOfByte(1).id, ...Array<undefined>(1023).fill(undefined)] });
  const poisonedPage = { id: page.id, stored: blockOfByte(7).stored };
  /** As it is in the store once a commit has made it. */
  const made = async () => {
    const harness = await disk();
    await put(harness, [blockOfByte(1)]);
    await commit(harness, [blockOfByte(1)]);
    return harness.objects.stored.get(key(page.id));
  };

  test.each([true, false])(
    '9.5: are written by the commit that makes them, though others named them (plain: %s)',
    async (plain) => {
      const harness = await disk();
      await harness.tree.createHead({ ...owner, nodeId: 'd-2', chainId: 'd-2' }, []);
      await put(harness, [...fillers(10), poisonedPage]);
      const writes = [...fillers(10), poisonedPage].map(({ id }, index) => ({ index, id }));
      await harness.tree.commit({ accountId, headId: 'd-2', expectedVersion: 0, writes, trims: [], plain });
      await readBack(harness);
      await put(harness, [blockOfByte(1)]);
      await commit(harness, [blockOfByte(1)], { plain });
      expect(harness.objects.stored.get(key(page.id))).toEqual(await made());
      expect(marked(harness)).toEqual([]);
    },
  );

  test('9.5: a page that is named as a block is not taken for damage', async () => {
    const harness = await disk();
    await put(harness, [...fillers(10), { id: page.id, stored: (await made()) ?? Buffer.alloc(0) }]);
    await commit(harness, [...fillers(10), { id: page.id, stored: Buffer.alloc(0) }]);
    expect(unread(harness)).toContain(page.id);
    await readBack(harness);
    expect(marked(harness)).toEqual([]);
  });
});

describe('9.5: what an upload may replace', () => {
  const wanted = blockOfByte(1);
  const content = { sizeBytes: wanted.stored.length, sha256: hash('sha256', wanted.stored, 'hex') };
  const otherForm = encodeObject(Buffer.alloc(BLOCK_BYTES, 1), { id: wanted.id, compress: false });
  const whole = Buffer.concat([Buffer.from([0x56, 0x52, 0x56, 1, 0, 0, 0, 0]), otherForm]);

  /** A disk with the wanted block, which is marked as damaged. */
  async function marking(reason: 'CHECKSUM' | 'FORM'): Promise<EngineHarness> {
    const harness = await disk();
    await put(harness, [wanted]);
    await commit(harness, [wanted]);
    await noteDamage(harness.deps, owner, { id: wanted.id, isPage: false, reason, sealed: false }, 'test');
    return harness;
  }

  interface Case {
    /** What is in the store under the id of the wanted block. */
    readonly there: string;
    readonly bytes?: Buffer;
    readonly isMarked?: boolean;
    readonly expected: 'WHOLE' | 'absent' | 'those bytes';
  }
  test.each<Case>([
    { there: 'nothing', expected: 'absent' },
    { there: 'nothing, though it is marked', isMarked: true, expected: 'absent' },
    { there: 'the bytes that are to be uploaded', bytes: wanted.stored, expected: 'WHOLE' },
    { there: 'the same, marked and uploaded again since', bytes: wanted.stored, isMarked: true, expected: 'WHOLE' },
    { there: 'the block in another form', bytes: whole, expected: 'WHOLE' },
    { there: 'another block', bytes: blockOfByte(2).stored, expected: 'those bytes' },
    { there: 'another block, which is marked', bytes: blockOfByte(2).stored, isMarked: true, expected: 'those bytes' },
    { there: 'no object at all', bytes: Buffer.from('junk'), expected: 'those bytes' },
  ])('$there', async ({ bytes, isMarked = false, expected }) => {
    const harness = isMarked ? await marking('CHECKSUM') : await disk();
    if (bytes === undefined) harness.objects.stored.delete(key(wanted.id));
    else harness.objects.stored.set(key(wanted.id), bytes);
    const upload = { id: wanted.id, stored: content, sealed: false, row: row(harness, wanted.id) };
    const place = await placeToUpload(harness.deps, owner, upload);
    const etag = (await harness.objects.read(key(wanted.id)))?.etag ?? '';
    expect(place).toEqual(expected === 'those bytes' ? { etag } : expected);
  });

  test('bytes whose checksum the store keeps, but which have changed since, are not the same once they are marked', async () => {
    const harness = await marking('FORM');
    const rotten = Buffer.from(wanted.stored).fill(0, 20, 24);
    harness.objects.stored.set(key(wanted.id), rotten);
    // The checksum of the upload, as S3 keeps it.
    const head = async () => ({ sizeBytes: rotten.length, sha256: content.sha256 });
    const objects = { ...harness.objects, head };
    const upload = { id: wanted.id, stored: content, sealed: false, row: row(harness, wanted.id) };
    expect(await placeToUpload({ ...harness.deps, objects: () => objects }, owner, upload)).toHaveProperty('etag');
  });

  test('heals only by whole bytes', async () => {
    const harness = await marking('FORM');
    harness.objects.stored.set(key(wanted.id), blockOfByte(2).stored);
    const rows = harness.catalogue.rows(objectEntity).filter(({ id }) => id === wanted.id);
    expect(await heal(harness.deps, owner, rows)).toEqual([wanted.id]);
    harness.objects.stored.set(key(wanted.id), whole);
    expect(await heal(harness.deps, owner, rows)).toEqual([]);
    expect(marked(harness)).toEqual([]);
  });
});
