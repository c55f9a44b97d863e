import { afterAll, beforeAll, expect, test } from 'vitest';
import { OPEN_SERVICE, type TestAccount, type Told } from '../../support/api.ts';
import { createDisk, createSnapshot } from '../../support/operations.ts';
import { type RegionsScene, regionsScene } from './regions-scene.ts';

let scene: RegionsScene;
let account: TestAccount;
beforeAll(async () => {
  scene = await regionsScene();
  account = await scene.start();
});
afterAll(() => scene.close());

const records = async (): Promise<Told[]> =>
  (await account.call('{ audit(first: 1000) { nodes { id action outcome actor subjects address } } }')).audit.nodes;

test('8.6: on one machine each change has its record, which outlasts a new start', async () => {
  await account.call(OPEN_SERVICE, { terms: '2026-01', region: 'local' });
  await createDisk(account); // the first of a region makes more than itself, and has two records
  const disk = await createDisk(account);
  const snapshot = await createSnapshot(account, disk.id);

  const told = await records();
  expect(told.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
    'createSnapshot ALLOWED',
    'createDisk ALLOWED',
    'createDisk ALLOWED',
    'createDisk ALLOWED',
    'openSnapshotService ALLOWED',
  ]);
  const [made] = told;
  expect(made.address).toMatch(/127\.0\.0\.1|::1/);
  expect(made.actor).toBe(account.key.split('_')[1]);
  expect(made.subjects).toEqual([disk.id, snapshot.id]);

  await scene.stop();
  account = await scene.start();
  expect(await records()).toEqual(told);
  const { nodes } = (await account.call('{ apiKeys { nodes { createdBy } } }')).apiKeys;
  expect(nodes).toEqual([{ createdBy: 'operator' }]);
});
