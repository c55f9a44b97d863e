import { describe, expect, test } from 'vitest';
import { sweepUnpaid } from '../../src/service/disks/end-of-payment.ts';
import { answerOperator } from '../../src/service/money/operator.ts';
import { sweepArrears } from '../../src/service/snapshots/arrears.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import type { TestAccount, Told } from '../support/api.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import { advanceTo, autoSnapshots, DAY_MS, guarded, timedApi } from '../support/timer.ts';

const { api, timer } = await timedApi();
const FOREVER = Number.POSITIVE_INFINITY;

const AUDIT = `query ($actor: String) {
  audit(actor: $actor, first: 1000) { nodes { actorKind action outcome reason code subjects address } }
}`;
const recordsBy = async (account: TestAccount, actor: string): Promise<Told[]> =>
  (await account.call(AUDIT, { actor })).audit.nodes;

const deletion = (reason: string, ...subjects: string[]) => ({
  actorKind: 'SERVICE',
  action: 'deleteSnapshot',
  outcome: 'ALLOWED',
  reason,
  code: null,
  subjects,
  address: null,
});

describe('what the service deletes by itself is in the audit', () => {
  test('8.6: a snapshot whose retention has ended, once', async () => {
    const account = await api.createAccount();
    const disk = await createDisk(account);
    const snapshot = await createSnapshot(account, disk.id, { retentionDays: 1 });
    const used = await createSnapshot(account, disk.id, { retentionDays: 1 });
    await createDisk(account, { snapshotId: used.id });
    api.clock.advance(DAY_MS + 60_000);
    for (let round = 0; round < 3; round++) await sweepExpired(api.service, FOREVER);
    expect(await recordsBy(account, 'service')).toEqual([deletion('RETENTION', snapshot.id)]);
  });

  test('8.6: what gives way to a new automatic snapshot', async () => {
    const account = await api.createAccount();
    await account.call('mutation { setQuota(input: { kind: AUTO_SNAPSHOTS_PER_DISK, limit: 1 }) { quota { limit } } }');
    const { id } = await createPolicy(account, { hours: [11] });
    const [disk = ''] = await guarded(account, id, 1);
    advanceTo(api, '11:00');
    await timer.fire();
    const [first] = await autoSnapshots(account, disk);
    api.clock.advance(DAY_MS);
    await timer.fire();
    expect(await recordsBy(account, 'service')).toEqual([deletion('GIVE_WAY', first.id)]);
  });

  test('8.6: snapshots of an account in arrears, and who marked it', async () => {
    const account = await api.createAccount();
    const disk = await createDisk(account);
    const snapshot = await createSnapshot(account, disk.id);
    await answerOperator(api.service, { account: account.id, inArrears: true });
    api.clock.advance(16 * DAY_MS);
    await sweepArrears(api.service, FOREVER);
    expect(await recordsBy(account, 'service')).toEqual([deletion('ARREARS', snapshot.id)]);
    expect(await recordsBy(account, 'operator')).toMatchObject([
      { actorKind: 'OPERATOR', action: 'operator.inArrears', outcome: 'ALLOWED', subjects: [] },
    ]);
  });

  test('8.6: a prepaid disk that was not paid for longer', async () => {
    const account = await api.createAccount();
    const expiresAt = new Date(api.clock.now() + 60_000).toISOString();
    const { id } = await createDisk(account, { chargeType: 'PREPAID', expiresAt });
    api.clock.advance(10 * 60_000);
    await sweepUnpaid(api.service, { graceMs: 60_000 }, FOREVER);
    expect(await recordsBy(account, 'service')).toEqual([{ ...deletion('PREPAID', id), action: 'releaseDisk' }]);
  });
});

describe('what the operator does is in the audit of the account', () => {
  test('8.6: a key that is made, by its id, and what was refused', async () => {
    const account = await api.createAccount();
    const made = (await answerOperator(api.service, { account: account.id })) as { readonly apiKey: string };
    await expect(answerOperator(api.service, { account: account.id, inArrears: 'maybe' })).rejects.toThrow('inArrears');

    const [, keyId] = made.apiKey.split('_');
    const [refused, ...allowed] = await recordsBy(account, 'operator');
    expect(refused).toMatchObject({ action: 'operator.inArrears', outcome: 'REFUSED', code: 'InvalidParameter' });
    // The account was there: the first change came to nothing, and the key is named by a record of
    // its own.
    expect(allowed.flatMap(({ subjects }) => subjects)).toEqual([keyId]);
    expect(new Set(allowed.map(({ action, outcome }) => `${action} ${outcome}`))).toEqual(
      new Set(['operator.account ALLOWED']),
    );
    const { nodes } = (await account.call('{ apiKeys { nodes { id createdBy } } }')).apiKeys;
    expect(nodes.find((one: Told) => one.id === keyId)).toEqual({ id: keyId, createdBy: 'operator' });
  });
});
