import { afterAll, beforeAll, expect, test } from 'vitest';
import { markInArrears, settleByOperator } from '../../src/service/accounts/arrears.ts';
import { sweepUnpaid } from '../../src/service/disks/end-of-payment.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { blockOf, readBlocks, writeBlocks } from '../support/blocks.ts';
import { createInstance } from '../support/instances.ts';
import {
  createDisk,
  createSnapshot,
  DISK,
  getDisk,
  getSnapshot,
  isThere,
  RELEASE_DISK,
  UPDATE_DISK,
} from '../support/operations.ts';
import { createPolicy, deletePolicy } from '../support/policies.ts';
import { advanceTo, autoSnapshots, createTimer } from '../support/timer.ts';

const DAY_MS = 86_400_000;
const GRACE = { graceMs: 15 * DAY_MS };
const ATTACH = 'mutation ($input: AttachDiskInput!) { attachDisk(input: $input) { disk { status } } }';
const INSTANCE = 'query ($id: ID!) { instance(id: $id) { dataDisks { id } } }';

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

const inDays = (days: number) => new Date(api.clock.now() + days * DAY_MS).toISOString();
const prepaid = (days: number) => createDisk(account, { chargeType: 'PREPAID', expiresAt: inDays(days) });
const sweep = (service = api.service) => sweepUnpaid(service, GRACE, Number.POSITIVE_INFINITY);

test('3.6: a prepaid disk is released a grace time after it expired; manual snapshots of it stay, one that is paid for stays', async () => {
  const [over, renewed, paid] = [await prepaid(1), await prepaid(1), await prepaid(40)];
  const plain = await createDisk(account);
  await writeBlocks(account, over.id, 0, { 0: blockOf('paid') });
  api.clock.advance(2 * DAY_MS);
  expect((await getDisk(account, over.id)).status).toBe('EXPIRED');
  const snapshot = await createSnapshot(account, over.id);
  expect(await sweep()).toEqual({ released: 0 });
  await account.call(UPDATE_DISK, { input: { diskId: renewed.id, expiresAt: inDays(60) } });
  api.clock.advance(14 * DAY_MS + 1);
  expect(await sweep()).toEqual({ released: 1 });
  expect(await sweep()).toEqual({ released: 0 });
  expect((await account.refusal(DISK, { id: over.id })).extensions.code).toBe('NotFound');
  for (const { id } of [renewed, paid, plain]) expect(await isThere(account, id)).toBe(true);
  await api.settle();
  expect(await getSnapshot(account, snapshot.id)).toMatchObject({ status: 'ACCOMPLISHED' });
  expect(await readBlocks(account, snapshot.id)).toEqual({ 0: 'paid' });
});

test('3.6: an attached one is detached first', async () => {
  const disk = await prepaid(1);
  const { id: instanceId } = await createInstance(account, { systemDisk: { sizeBytes: 1024 } });
  await account.call(ATTACH, { input: { diskId: disk.id, instanceId } });
  api.clock.advance(17 * DAY_MS);
  expect(await sweep()).toEqual({ released: 1 });
  expect((await account.call(INSTANCE, { id: instanceId })).instance.dataDisks).toEqual([]);
  expect(await isThere(account, disk.id)).toBe(false);
});

test('3.6: a janitor that dies before or after any of its writes, and two at once, leave the same', async () => {
  for (const when of ['before', 'after']) {
    for (let dies = 1; dies <= 4; dies++) {
      const disk = await prepaid(1);
      api.clock.advance(17 * DAY_MS);
      let writes = 0;
      const transact: typeof api.catalogue.transact = async (list) => {
        const isLast = ++writes === dies;
        if (isLast && when === 'before') throw new Error('killed');
        const outcome = await api.catalogue.transact(list);
        if (isLast) throw new Error('killed');
        return outcome;
      };
      await sweep({ ...api.service, catalogue: { ...api.catalogue, transact } }).catch(() => undefined);
      await Promise.all([sweep(), sweep()]);
      expect(await isThere(account, disk.id)).toBe(false);
      expect(await sweep()).toEqual({ released: 0 });
    }
  }
});

test('1.3, 3.6: in arrears its automatic snapshots stay, whatever it says of them', async () => {
  const timer = createTimer(api);
  const { id: policyId } = await createPolicy(account, { hours: [1], retentionDays: null });
  const { id: instanceId } = await createInstance(account, { systemDisk: { sizeBytes: 1024 } });
  const made = { chargeType: 'PREPAID', policyId, deleteAutoSnapshots: true };
  const [unpaid, paid] = [
    await createDisk(account, { ...made, expiresAt: inDays(2) }),
    await createDisk(account, { ...made, expiresAt: inDays(20) }),
  ];
  for (const { id } of [unpaid, paid]) await account.call(ATTACH, { input: { diskId: id, instanceId } });
  advanceTo(api, '01:00');
  await timer.fire();
  await deletePolicy(account, policyId);
  const [kept] = await autoSnapshots(account, unpaid.id);
  const [free] = await autoSnapshots(account, paid.id);
  const clone = await createDisk(account, { snapshotId: kept.id });
  api.clock.advance(10 * DAY_MS);
  await markInArrears(api.service, { account: account.id });
  api.clock.advance(8 * DAY_MS);
  await sweep();
  expect(await isThere(account, unpaid.id)).toBe(false);
  await account.call(RELEASE_DISK, { input: { diskId: clone.id } });
  await sweepExpired(api.service, Number.POSITIVE_INFINITY);
  expect(await autoSnapshots(account, unpaid.id)).toMatchObject([{ id: kept.id, expiresAt: null }]);

  await settleByOperator(api.service, { account: account.id });
  api.clock.advance(20 * DAY_MS);
  await sweep();
  expect(await isThere(account, paid.id)).toBe(false);
  expect([await isThere(account, kept.id), await isThere(account, free.id)]).toEqual([true, false]);
});
