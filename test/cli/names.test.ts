import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { put } from '../../src/platform/catalogue/port.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { imageEntity, imageShareEntity } from '../../src/service/model/images/rows.ts';
import { type CliHarness, createCliHarness } from './harness.ts';

vi.setConfig({ testTimeout: 120_000 });

/** More than one page of what begins alike. */
const CROWD = 1005;
const IN_ONE_TRANSACTION = 100;

let cli: CliHarness;
beforeAll(async () => {
  cli = await createCliHarness();
});
afterAll(() => cli.close());

const errorOf = ({ stderr }: { readonly stderr: string }) => JSON.parse(stderr).error;

test('a disk is found by its name, however many names begin with it', async () => {
  const { id } = await cli.json('disk', 'create', 'nightly', '--size', '1M');
  const { catalogue } = cli.api;
  const like = await catalogue.get(diskEntity, { accountId: cli.account.id, id });
  if (like === undefined) throw new Error('no such disk');
  const crowd = Array.from({ length: CROWD }, (_, at) => {
    const number = String(at).padStart(4, '0');
    return put(diskEntity, { ...like, id: `${id.slice(0, -4)}${number}`, name: `nightly-${number}` });
  });
  for (let at = 0; at < CROWD; at += IN_ONE_TRANSACTION)
    await catalogue.transact(crowd.slice(at, at + IN_ONE_TRANSACTION));
  expect(await cli.json('disk', 'show', 'nightly')).toMatchObject({ id });
  await cli.json('disk', 'create', 'nightly', '--size', '1M');
  const refused = await cli.run(['disk', 'delete', 'nightly', '--json']);
  expect(refused.code).toBe(2);
  expect(errorOf(refused)).toMatchObject({ code: 'AmbiguousName', ids: expect.arrayContaining([id]) });
  expect(await cli.json('disk', 'show', id)).toMatchObject({ id });
});

test('a name is found in each of its Unicode forms', async () => {
  const { id } = await cli.json('disk', 'create', 'cafe\u0301', '--size', '1M');
  for (const name of ['caf\u00e9', 'cafe\u0301'])
    expect(await cli.json('disk', 'show', name)).toMatchObject({ id, name: 'caf\u00e9' });
});

test('an image that another account shares is found by its name, unless an own one has it too', async () => {
  const owner = await cli.api.createAccount();
  const asOwner = { environment: { VARVE_API_KEY: owner.key } };
  const must = async (args: readonly string[], options?: typeof asOwner) => {
    const { code, stdout, stderr } = await cli.run([...args, '--json'], options);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return JSON.parse(stdout);
  };
  await must(['disk', 'create', 'template', '--size', '1M'], asOwner);
  await must(['snapshot', 'create', 'template', '--name', 'ready'], asOwner);
  const image = await must(['image', 'create', 'ready', 'golden'], asOwner);
  await must(['image', 'share', 'golden', cli.account.id], asOwner);
  expect(await must(['image', 'show', 'golden'])).toMatchObject({ id: image.id });

  await must(['disk', 'create', 'own', '--size', '1M']);
  await must(['snapshot', 'create', 'own', '--name', 'own-ready']);
  const own = await must(['image', 'create', 'own-ready', 'golden']);
  const refused = await cli.run(['image', 'show', 'golden', '--json']);
  expect(errorOf(refused)).toMatchObject({ code: 'AmbiguousName', ids: expect.arrayContaining([own.id, image.id]) });
});

test('an image is found by its name, however many images others share', async () => {
  const { api, account } = cli;
  const owner = await api.createAccount();
  const asOwner = { environment: { VARVE_API_KEY: owner.key } };
  await cli.run(['disk', 'create', 'base', '--size', '1M'], asOwner);
  await cli.run(['snapshot', 'create', 'base', '--name', 'point'], asOwner);
  const { stdout } = await cli.run(['image', 'create', 'point', 'wanted', '--json'], asOwner);
  const { id } = JSON.parse(stdout);
  await cli.run(['image', 'share', 'wanted', account.id], asOwner);
  const like = await api.catalogue.get(imageEntity, { accountId: owner.id, id });
  if (like === undefined) throw new Error('no such image');
  const [ownerAccountId, toAccountId] = [owner.id, account.id];
  const { region, createdAt } = like;
  const crowd = Array.from({ length: CROWD }, (_, at) => {
    const imageId = `${id.slice(0, -4)}${String(at).padStart(4, '0')}`;
    return [
      put(imageEntity, { ...like, id: imageId, name: `wanted-${at}` }),
      put(imageShareEntity, { toAccountId, imageId, ownerAccountId, region, createdAt: `9${createdAt.slice(1)}` }),
    ];
  }).flat();
  for (let at = 0; at < crowd.length; at += IN_ONE_TRANSACTION)
    await api.catalogue.transact(crowd.slice(at, at + IN_ONE_TRANSACTION));
  expect(await cli.json('image', 'show', 'wanted')).toMatchObject({ id });
});
