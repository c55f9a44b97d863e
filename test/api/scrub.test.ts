import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BLOCK_BYTES, type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { deriveBlockKeys } from '../../src/engine/blocks/object-form.ts';
import { objectEntity } from '../../src/engine/books/rows.ts';
import { RECLAIM_TIMES, reclaim } from '../../src/engine/reclaim/reclaim.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { domainIdOf } from '../../src/service/model/disks/domains.ts';
import { sweepScrubs } from '../../src/service/scrubs/rolling.ts';
import { runScrub } from '../../src/service/scrubs/run.ts';
import { createTestApi, KEY_ID, REGION, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { blockOf, encodeBlock, upload, writeBlocks } from '../support/blocks.ts';
import { createDisk, createSnapshot, releaseDisk } from '../support/operations.ts';

const FIELDS = `id status phase versions versionsRead objectsRead bytesRead damaged objectsCounted wrongCounts mended unsettled findings
  finishedAt samplePercent`;
const START = `mutation ($input: StartScrubInput!) { startScrub(input: $input) { scrub { ${FIELDS} } } }`;
const CANCEL = 'mutation ($input: CancelScrubInput!) { cancelScrub(input: $input) { scrub { id status } } }';
const SCRUB = `query ($id: ID!) { scrub(id: $id) { ${FIELDS} } }`;
const SCRUBS = 'query { scrubs { nodes { id status damaged samplePercent keyId wrongCounts } } }';
const DAMAGED = `query ($healed: Boolean!) {
  damagedObjects(healed: $healed) { nodes { objectId reason isPage healedAt places { id offsetBytes } placeCount } }
}`;
const CHAIN = 'query ($id: ID!) { chain(id: $id) { lastVerifiedAt damagedObjects { objectId } } }';
const DAY_MS = 86_400_000;
const SOON = () => Date.now() + 3_600_000 * 24 * 365;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

async function fresh(): Promise<TestAccount> {
  account = await api.createAccount();
  return account;
}

async function scrub(input: object = {}, of = account): Promise<Told> {
  const { startScrub } = await of.call(START, { input });
  await runScrub(api.scrubs, { accountId: of.id, id: startScrub.scrub.id }, SOON());
  return (await of.call(SCRUB, { id: startScrub.scrub.id })).scrub;
}

const damaged = async (healed = false): Promise<Told[]> =>
  (await account.call(DAMAGED, { healed })).damagedObjects.nodes;
const domainId = () => domainIdOf({ accountId: account.id, region: REGION });
const storedKey = (text: string) => objectKey(domainId(), encodeBlock(blockOf(text)).id as ObjectId);

/** d [a b] → snapshot → d [a c]. */
async function disk(): Promise<{ id: string; snapshotId: string }> {
  const { id } = await createDisk(account);
  await writeBlocks(account, id, 0, { 0: blockOf('a'), 1: blockOf('b') });
  const snapshot = await createSnapshot(account, id);
  await writeBlocks(account, id, 1, { 1: blockOf('c') });
  await api.settle();
  return { id, snapshotId: snapshot.id };
}

const REPORT = 'mutation ($input: ReportDamageInput!) { reportDamage(input: $input) { blocks { id state } } }';
const idOf = (text: string) => encodeBlock(blockOf(text)).id;
async function report(source: string, blocks: Readonly<Record<number, string>>, key?: string): Promise<string[]> {
  const met = Object.entries(blocks).map(([index, id]) => ({ index: Number(index), id }));
  const { reportDamage } = await account.call(REPORT, { input: { source, blocks: met } }, key);
  expect(reportDamage.blocks.map(({ id }: Told) => id)).toEqual(met.map(({ id }) => id));
  return reportDamage.blocks.map(({ state }: Told) => state);
}

describe('9.5: what a reader met', () => {
  test.each(['changed', 'missing'])(
    '9.5: an object that is %s heals with the next upload, without any scrub',
    async (how) => {
      await fresh();
      const { id, snapshotId } = await disk();
      if (how === 'missing') await api.objects.remove([storedKey('b')]);
      else await api.objects.put(storedKey('b'), encodeBlock(blockOf('z')).stored);
      const other = await createDisk(account);
      // nobody knows yet
      expect(await upload(account, other.id, [encodeBlock(blockOf('b'))])).toEqual(['PRESENT']);
      expect(await report(snapshotId, { 1: idOf('b') }, await account.createKey('VIEWER'))).toEqual(['DAMAGED']);
      expect(await report(snapshotId, { 1: idOf('b') })).toEqual(['DAMAGED']); // again is harmless
      expect(await damaged()).toMatchObject([
        {
          objectId: idOf('b'),
          isPage: false,
          places: [{ id: snapshotId, offsetBytes: BLOCK_BYTES }],
          placeCount: null,
        },
      ]);
      expect((await account.call(CHAIN, { id })).chain.damagedObjects).toEqual([{ objectId: idOf('b') }]);
      expect(await upload(account, other.id, [encodeBlock(blockOf('b'))])).toEqual(['UPLOAD']);
      await writeBlocks(account, other.id, 0, { 0: blockOf('b') });
      expect(await damaged()).toEqual([]);
      expect(await damaged(true)).toHaveLength(1);
      expect(await report(snapshotId, { 1: idOf('b') })).toEqual(['WHOLE']);
      await api.settle();
      expect(await scrub()).toMatchObject({ damaged: 0, wrongCounts: 0 });
    },
  );

  test('9.5: the service looks for itself, and says nothing of what the source does not hold there', async () => {
    await fresh();
    const { id, snapshotId } = await disk();
    const elsewhere = await createDisk(account);
    await writeBlocks(account, elsewhere.id, 0, { 5: blockOf('x') });
    await api.objects.remove([storedKey('x')]);
    expect(await report(id, { 0: idOf('a'), 1: idOf('b'), 2: idOf('c'), 5: idOf('x') })).toEqual([
      'WHOLE',
      'GONE', // the disk has c there
      'GONE',
      'GONE',
    ]);
    expect(await report(snapshotId, { 1: idOf('b') })).toEqual(['WHOLE']);
    expect(await damaged()).toEqual([]);
    const stranger = await api.createAccount();
    const input = { source: elsewhere.id, blocks: [{ index: 5, id: idOf('x') }] };
    expect((await stranger.refusal(REPORT, { input })).extensions.code).toBe('NotFound');
    expect(await damaged()).toEqual([]);
  });

  test('9.5: a sealed block of the right form is damaged if its owner says so, until other bytes are there', async () => {
    await fresh();
    const { id, encryption } = await createDisk(account, { encrypted: true });
    const { keyId, wrappedKey: wrapped } = encryption;
    const keys = deriveBlockKeys(await api.keys.unwrap({ keyId, wrapped }));
    const block = encodeBlock(blockOf('secret'), keys);
    await writeBlocks(account, id, 0, { 0: blockOf('secret') }, keys);
    await api.settle();
    const key = objectKey(domainIdOf({ accountId: account.id, region: REGION, keyId: KEY_ID }), block.id as ObjectId);
    const broken = Buffer.from(block.stored);
    broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
    await api.objects.put(key, broken);
    expect(await scrub()).toMatchObject({ damaged: 0 }); // cannot see it
    // who has no key cannot know
    expect(await report(id, { 0: block.id }, await account.createKey('VIEWER'))).toEqual(['WHOLE']);
    expect(await report(id, { 0: block.id })).toEqual(['DAMAGED']);
    expect(await damaged()).toMatchObject([{ objectId: block.id, reason: 'SEAL' }]);
    await scrub();
    // the same bytes are no new upload
    expect(await damaged()).toMatchObject([{ objectId: block.id, placeCount: 1 }]);
    const again = encodeBlock(blockOf('secret'), keys); // sealed again
    expect(await upload(account, id, [again])).toEqual(['UPLOAD']);
    await writeBlocks(account, id, 1, { 1: blockOf('secret') }, keys);
    expect(await damaged()).toEqual([]);
    expect(await damaged(true)).toHaveLength(1);
  });

  test('9.5: a page that a read finds damaged is kept, and heals with the next commit of the same contents', async () => {
    await fresh();
    const { id } = await disk();
    const { root } = (await account.call('query ($id: ID!) { disk(id: $id) { root } }', { id })).disk;
    await api.objects.remove([objectKey(domainId(), root)]);
    api.forgetPages();
    const read = 'query ($id: ID!) { blockMap(input: { source: $id }) { blocks { index } } }';
    expect((await account.refusal(read, { id })).extensions).toMatchObject({ objectId: root, reason: 'MISSING' });
    expect(await damaged()).toMatchObject([{ objectId: root, isPage: true, places: [{ id, offsetBytes: 0 }] }]);
    const like = await createDisk(account);
    await writeBlocks(account, like.id, 0, { 0: blockOf('a'), 1: blockOf('c') });
    expect(await damaged()).toEqual([]);
    expect(await api.objects.get(objectKey(domainId(), root))).toBeDefined();
  });
});

describe('9.5: a scrub', () => {
  test('9.5: finds nothing where all is well, and says when the chain was verified', async () => {
    await fresh();
    const { id } = await disk();
    expect((await account.call(CHAIN, { id })).chain).toEqual({ lastVerifiedAt: null, damagedObjects: [] });
    const told = await scrub();
    expect(told).toMatchObject({
      status: 'SUCCEEDED',
      phase: null,
      versions: 2,
      versionsRead: 2,
      objectsRead: 5, // three blocks and two pages, each once
      damaged: 0,
      objectsCounted: 5,
      wrongCounts: 0,
      unsettled: 0,
      findings: [],
    });
    expect(Date.parse((await account.call(CHAIN, { id })).chain.lastVerifiedAt)).toBeLessThanOrEqual(
      Date.parse(told.finishedAt),
    );
  });

  test.each(['changed', 'cut', 'missing'])(
    '9.5: finds an object that is %s and names every disk and snapshot',
    async (how) => {
      await fresh();
      const { id, snapshotId } = await disk();
      const other = await createDisk(account);
      await writeBlocks(account, other.id, 0, { 7: blockOf('b') });
      await api.settle();
      const key = storedKey('b');
      const bytes = (await api.objects.get(key)) ?? Buffer.alloc(0);
      if (how === 'missing') await api.objects.remove([key]);
      else await api.objects.put(key, how === 'cut' ? bytes.subarray(0, 9) : encodeBlock(blockOf('z')).stored);
      const told = await scrub();
      expect(told.damaged).toBe(1);
      const [only, ...others] = await damaged();
      expect(others).toEqual([]);
      expect(only).toMatchObject({ objectId: key.split('/')[2], isPage: false, placeCount: 2, healedAt: null });
      expect(only.reason).toBe({ changed: 'CHECKSUM', cut: 'FORM', missing: 'MISSING' }[how]);
      expect(only.places.map(({ id: at, offsetBytes }: Told) => [at, offsetBytes / BLOCK_BYTES]).sort()).toEqual(
        [
          [snapshotId, 1],
          [other.id, 7],
        ].sort(),
      );
      expect((await account.call(CHAIN, { id })).chain.damagedObjects).toEqual([{ objectId: only.objectId }]);
      expect((await account.call(CHAIN, { id: other.id })).chain.damagedObjects).toHaveLength(1);
    },
  );

  test('9.5: what is damaged heals with the next upload of the same content, and it is told', async () => {
    await fresh();
    const { snapshotId } = await disk();
    await api.objects.remove([storedKey('b')]);
    await scrub({ targetId: snapshotId });
    const other = await createDisk(account);
    expect(await upload(account, other.id, [encodeBlock(blockOf('a')), encodeBlock(blockOf('b'))])).toEqual([
      'PRESENT',
      'UPLOAD',
    ]);
    await writeBlocks(account, other.id, 0, { 0: blockOf('b') });
    expect(await damaged()).toEqual([]);
    expect(await damaged(true)).toMatchObject([{ reason: 'MISSING', healedAt: expect.any(String) }]);
    expect(await scrub()).toMatchObject({ damaged: 0, wrongCounts: 0 });
  });

  test('9.5: what was put back by hand, or is needed by nobody any more, is closed by the next scrub', async () => {
    await fresh();
    const { id, snapshotId } = await disk();
    const bytes = (await api.objects.get(storedKey('b'))) ?? Buffer.alloc(0);
    await api.objects.remove([storedKey('b'), storedKey('c')]);
    expect((await scrub({ targetId: id })).damaged + (await scrub({ targetId: snapshotId })).damaged).toBeGreaterThan(
      1,
    );
    expect(await damaged()).toHaveLength(2);
    await api.objects.put(storedKey('b'), bytes);
    await releaseDisk(account, id);
    await api.settle();
    await scrub({ targetId: snapshotId });
    // Within its grace time a commit could still take it for whole.
    expect((await damaged()).map(({ objectId }) => objectId)).toEqual([storedKey('c').split('/')[2]]);
    api.clock.advance(2 * DAY_MS);
    await reclaim(api.engine, RECLAIM_TIMES, { domainId: domainId(), regionId: REGION }, SOON());
    await scrub({ targetId: snapshotId });
    expect(await damaged()).toEqual([]);
  });

  test('I6: wrong counts are told of, and mended by --repair alone', async () => {
    await fresh();
    await disk();
    const id = encodeBlock(blockOf('a')).id;
    const row = await api.catalogue.get(objectEntity, { domainId: domainId(), id });
    await api.catalogue.transact([put(objectEntity, { ...(row as object), refs: 7 } as never, 'any')]);
    const told = await scrub({ samplePercent: 1 });
    expect(told).toMatchObject({ wrongCounts: 1, mended: 0, damaged: 0 });
    expect(told.findings[0]).toContain(id);
    expect(await scrub({ repair: true })).toMatchObject({ wrongCounts: 1, mended: 1 });
    expect(await scrub()).toMatchObject({ wrongCounts: 0, findings: [] });
    expect(await api.catalogue.get(objectEntity, { domainId: domainId(), id })).toEqual(row);
  });

  test('9.5: of encrypted blocks it sees the form: one that is cut, or not sealed', async () => {
    await fresh();
    const { id, encryption } = await createDisk(account, { encrypted: true });
    const { keyId, wrappedKey: wrapped } = encryption;
    const keys = deriveBlockKeys(await api.keys.unwrap({ keyId, wrapped }));
    const texts = ['whole', 'cut', 'plain'];
    const blocks = texts.map((text) => encodeBlock(blockOf(text), keys));
    await writeBlocks(account, id, 0, Object.fromEntries(texts.map((text, at) => [at, blockOf(text)])), keys);
    await api.settle();
    const of = domainIdOf({ accountId: account.id, region: REGION, keyId: KEY_ID });
    const keyOf = (at: number) => objectKey(of, blocks[at]?.id as ObjectId);
    await api.objects.put(keyOf(1), (blocks[1]?.stored ?? Buffer.alloc(0)).subarray(0, 20));
    await api.objects.put(keyOf(2), encodeBlock(blockOf('plain')).stored);
    expect(await scrub({ keyId: KEY_ID, samplePercent: 100 })).toMatchObject({ versions: 1, objectsRead: 4 });
    expect((await damaged()).map(({ reason }) => reason).sort()).toEqual(['LENGTH', 'SEAL']);
  });

  test('a scrub goes on where it was killed, and two at once do no harm', async () => {
    await fresh();
    await disk();
    const { startScrub } = await account.call(START, { input: {} });
    const which = { accountId: account.id, id: startScrub.scrub.id };
    let rounds = 0;
    for (let outcome = 'more'; outcome === 'more' && rounds < 50; rounds++) {
      // Time is up as soon as it has begun: one stretch at a time, beside another worker.
      const until = api.clock.now() + 30;
      [outcome = ''] = await Promise.all([runScrub(api.scrubs, which, until), runScrub(api.scrubs, which, until)]);
      if (outcome === 'gone') outcome = (await account.call(SCRUB, which)).scrub.status === 'RUNNING' ? 'more' : 'done';
    }
    expect((await account.call(SCRUB, which)).scrub).toMatchObject({
      status: 'SUCCEEDED',
      versionsRead: 2,
      damaged: 0,
    });
  });

  test('a cancelled one stays as it was', async () => {
    await fresh();
    await disk();
    const { startScrub } = await account.call(START, { input: {} });
    const { cancelScrub } = await account.call(CANCEL, { input: { scrubId: startScrub.scrub.id } });
    expect(cancelScrub.scrub.status).toBe('CANCELLED');
    expect(await runScrub(api.scrubs, { accountId: account.id, id: startScrub.scrub.id }, SOON())).toBe('gone');
  });

  test('1.1: others see nothing of it', async () => {
    await fresh();
    const { id } = await disk();
    await api.objects.remove([storedKey('c')]);
    const told = await scrub();
    const stranger = await api.createAccount();
    expect(await stranger.refusal(SCRUB, { id: told.id })).toMatchObject({ extensions: { code: 'NotFound' } });
    expect(await stranger.refusal(CANCEL, { input: { scrubId: told.id } })).toMatchObject({
      extensions: { code: 'NotFound' },
    });
    expect((await stranger.call(DAMAGED, { healed: true })).damagedObjects.nodes).toEqual([]);
    for (const scope of [{ targetId: id }, { chainId: id }])
      expect((await stranger.refusal(START, { input: scope })).extensions.code).toBe('NotFound');
  });

  interface Wrong {
    readonly name: string;
    readonly input: object;
    readonly code: string;
    readonly field?: string;
  }
  const WRONG: readonly Wrong[] = [
    { name: 'no percentage', input: { samplePercent: 0 }, code: 'InvalidParameter', field: 'samplePercent' },
    { name: 'a negative percentage', input: { samplePercent: -1 }, code: 'InvalidParameter', field: 'samplePercent' },
    { name: 'more than all', input: { samplePercent: 100.5 }, code: 'InvalidParameter', field: 'samplePercent' },
    { name: 'an unknown region', input: { region: 'nowhere' }, code: 'InvalidParameter', field: 'region' },
    { name: 'no key', input: { keyId: '' }, code: 'InvalidParameter', field: 'keyId' },
    { name: 'a key that nothing is stored under', input: { keyId: 'unheard-of' }, code: 'NotFound' },
    { name: 'an id of another kind', input: { targetId: 'j-01k9f0c2mz4t8v6w3x5y' }, code: 'NotFound' },
    {
      name: 'two scopes',
      input: { keyId: 'plain', chainId: 'd-01k9f0c2mz4t8v6w3x5y' },
      code: 'InvalidParameter',
      field: 'keyId',
    },
  ];
  test.each(WRONG)('$name is refused', async ({ input, code, field }) => {
    const { extensions } = await (await fresh()).refusal(START, { input });
    expect([extensions.code, extensions.field]).toEqual([code, field]);
  });

  test('repair needs ADMIN', async () => {
    await fresh();
    const operator = await account.createKey('OPERATOR');
    expect((await account.refusal(START, { input: { repair: true } }, operator)).extensions.code).toBe('Forbidden');
  });
});

describe('9.5: in the background', () => {
  const MIB = 1024 * 1024;
  const round = (bytesPerDay = 1024 * MIB) => sweepScrubs(api.scrubs, { bytesPerDay, everyMs: 30 * DAY_MS }, SOON());

  test('9.5: the chain that was verified longest ago comes first, within the budget, and none too often', async () => {
    const own = await createTestApi();
    const [before, shared] = [api, account];
    api = own;
    try {
      await fresh();
      const first = await disk();
      api.clock.advance(1000);
      const second = await disk();
      expect(await round()).toMatchObject({ objects: 0 }); // both are too young
      api.clock.advance(31 * DAY_MS);
      await api.objects.remove([storedKey('c')]);
      expect(await round(0)).toMatchObject({ objects: 0 });
      expect(await round()).toMatchObject({ objects: 5, damaged: 1 });
      const verified = async (id: string) => (await account.call(CHAIN, { id })).chain.lastVerifiedAt;
      expect([await verified(first.id), await verified(second.id)]).toEqual([expect.any(String), null]);
      expect(await damaged()).toMatchObject([{ reason: 'MISSING', placeCount: 2 }]);
      expect(await round()).toMatchObject({ objects: 5 });
      expect(await verified(second.id)).toEqual(expect.any(String));
      expect(await round()).toMatchObject({ objects: 0 });
      const { scrubs } = await account.call(SCRUBS);
      expect(scrubs.nodes).toMatchObject([{ status: 'RUNNING', samplePercent: 0, keyId: 'plain' }]);
      await runScrub(api.scrubs, { accountId: account.id, id: scrubs.nodes[0].id }, SOON());
      expect((await account.call(SCRUBS)).scrubs.nodes).toMatchObject([
        { status: 'SUCCEEDED', wrongCounts: 0, damaged: 1 },
      ]);
    } finally {
      await own.close();
      [api, account] = [before, shared];
    }
  });
});
