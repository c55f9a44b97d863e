import { beforeAll, expect, it } from 'vitest';
import { handler as janitor } from '../../functions/janitor.ts';
import { handler as scheduler } from '../../functions/scheduler.ts';
import { NO_TALLY } from '../../src/engine/books/refs.ts';
import { type EntryRow, entryEntity } from '../../src/engine/books/rows.ts';
import { createDynamoCatalogue } from '../../src/platform/catalogue/dynamo.ts';
import { type Catalogue, put } from '../../src/platform/catalogue/port.ts';
import { clockEntity } from '../../src/service/model/clocks/rows.ts';
import { dueAt, type PolicyRow, policyEntity } from '../../src/service/model/policies/rows.ts';
import { type ExpiryRow, expiryEntity } from '../../src/service/model/snapshots/expiry-rows.ts';
import { createTestBucket, createTestTable } from '../support/engines.ts';
import { setFunctionEnvironment } from '../support/function-environment.ts';

const context = { getRemainingTimeInMillis: () => 60_000 };
const LONG_AGO = '2026-01-01T00:00:00.000Z';
/** Of a snapshot that is gone: the clean-up forgets it. */
const DUE: ExpiryRow = { shard: 3, checkAt: LONG_AGO, snapshotId: 's-gone', accountId: 'acc' };
const POLICY: PolicyRow = {
  accountId: 'acc',
  region: 'here',
  name: 'nightly',
  hours: [0],
  weekdays: [1, 2, 3, 4, 5, 6, 7],
  timeZone: 'UTC',
  status: 'ACTIVE',
  revision: 0,
  tags: [],
  createdAt: LONG_AGO,
  ...dueAt('sp-0', LONG_AGO),
};

let catalogue: Catalogue;
beforeAll(async () => {
  const { client, tableName } = await createTestTable();
  await setFunctionEnvironment(tableName, await createTestBucket());
  catalogue = createDynamoCatalogue({ client, tableName, random: Math.random });
  await catalogue.transact([put(expiryEntity, DUE), put(policyEntity, POLICY)]);
});

async function stands(phase: EntryRow['phase']): Promise<void> {
  const barrier: EntryRow = {
    ...{ shard: 0, id: 'e-0', accountId: 'rebuild', domainId: '', regionId: '', kind: 'REBUILD', phase, nodeId: '' },
    ...{ out: 'empty', in: 'empty', base: 'empty', ...NO_TALLY, droppedBlocks: 0, droppedBytes: 0 },
    ...{ createdAt: 0, touchedAt: 0 },
  };
  await catalogue.transact([put(entryEntity, barrier, 'any')]);
}

const expiry = () => catalogue.get(expiryEntity, DUE);
const nextRun = async () => (await catalogue.get(policyEntity, { accountId: 'acc', id: 'sp-0' }))?.nextRunAt;

it('janitor and timer leave alone what a rebuild has not brought back yet, and go on once it only has losses', async () => {
  await stands('TAKING');
  await janitor({}, context);
  await scheduler({}, context).catch(() => undefined); // the queue is nowhere
  expect(await expiry()).toEqual(DUE);
  expect(await nextRun()).toBe(LONG_AGO);
  await stands('READY');
  await janitor({}, context);
  await scheduler({}, context).catch(() => undefined);
  expect(await expiry()).toBeUndefined();
  expect(await nextRun()).not.toBe(LONG_AGO);
}, 60_000);

it('10.4: the janitor remembers the clock, and the timer mends by it what lies too far ahead', async () => {
  await janitor({}, context);
  const known = await catalogue.get(clockEntity, { id: 'clock' });
  expect(known?.trustedAt).toBeGreaterThan(Date.now() - 60_000);
  const inAYear = new Date(Date.now() + 365 * 86_400_000).toISOString();
  await catalogue.transact([put(policyEntity, { ...POLICY, ...dueAt('sp-0', inAYear) }, 'any')]);
  await scheduler({}, context);
  expect(Date.parse((await nextRun()) ?? '')).toBeLessThan(Date.now() + 2 * 86_400_000);
}, 60_000);
