import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type ObjectId, objectKey } from '../../src/engine/blocks/block.ts';
import { damageEntity, objectEntity } from '../../src/engine/books/rows.ts';
import { noteDamage } from '../../src/engine/health/damage.ts';
import type { PutCondition } from '../../src/platform/objects/port.ts';
import { blockOfByte } from '../support/blocks.ts';
import { createEngineHarness, type EngineHarness, findFaults } from '../support/engine-harness.ts';

const owner = { accountId: 'acc', regionId: 'r', domainId: 'dom' };
const key = (id: ObjectId) => objectKey(owner.domainId, id);

/** As a client does it, by a signed URL. */
async function upload({ objects }: EngineHarness, value: number, when: PutCondition = 'absent'): Promise<ObjectId> {
  const { id, stored } = blockOfByte(value);
  const content = { sizeBytes: stored.length, sha256: hash('sha256', stored, 'hex') };
  const { url, headers } = await objects.signPut(key(id), content, { ttlSeconds: 60, when });
  expect((await objects.request('PUT', url, { headers, body: stored })).status).toBe(200);
  return id;
}

async function commit(harness: EngineHarness, ids: readonly ObjectId[]): Promise<void> {
  const { version = -1 } = (await harness.tree.get(owner.accountId, 'd-1')) ?? {};
  const writes = ids.map((id, index) => ({ index, id }));
  await harness.tree.commit({ ...owner, headId: 'd-1', expectedVersion: version, writes, trims: [], plain: true });
}

async function disk(limits = {}): Promise<EngineHarness> {
  const harness = createEngineHarness(1, limits);
  await harness.tree.createHead({ ...owner, nodeId: 'd-1', chainId: 'd-1' }, []);
  return harness;
}

describe('after a power cut', () => {
  test.each([
    ['in one transaction', {}, 3],
    ['in one transaction, more than it reads', {}, 20],
    ['in steps', { stepObjects: 4 }, 20],
  ])('I5: every block of an acknowledged commit %s is there', async (_, limits, count) => {
    const harness = await disk(limits);
    const ids: ObjectId[] = [];
    for (let value = 1; value <= count; value++) ids.push(await upload(harness, value));
    await commit(harness, ids);
    harness.objects.cutPower();
    for (const id of ids) expect(harness.objects.stored.has(key(id))).toBe(true);
    await harness.settle();
    expect(await findFaults(harness)).toEqual([]);
  });

  test('what no commit has named is gone, and a commit that names it is refused', async () => {
    const harness = await disk();
    const id = await upload(harness, 1);
    harness.objects.cutPower();
    await expect(commit(harness, [id])).rejects.toMatchObject({ code: 'ObjectMissing' });
  });

  test('9.5: damage that an upload has healed does not come back without its mark', async () => {
    const harness = await disk();
    const id = await upload(harness, 1);
    await commit(harness, [id]);
    const rotten = Buffer.from('rotten');
    harness.objects.stored.set(key(id), rotten);
    await noteDamage(harness.deps, owner, { id, isPage: false, reason: 'FORM', sealed: false }, 'a scrub');
    const { etag = '' } = (await harness.objects.read(key(id))) ?? {};
    await upload(harness, 1, { etag });
    await commit(harness, [id, id]);
    expect(harness.catalogue.rows(objectEntity).some(({ damagedAt }) => damagedAt !== undefined)).toBe(false);
    expect(harness.catalogue.rows(damageEntity)).toMatchObject([{ healedAt: expect.any(Number) }]);
    harness.objects.cutPower();
    expect(harness.objects.stored.get(key(id))).toEqual(blockOfByte(1).stored);
  });
});
