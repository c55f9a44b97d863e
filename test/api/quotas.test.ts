import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { patch, put, remove } from '../../src/platform/catalogue/port.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { quotaUseEntity } from '../../src/service/model/quotas/rows.ts';
import { scrubEntity } from '../../src/service/model/scrubs/rows.ts';
import {
  createTestApi,
  OTHER_REGION,
  post,
  REGION,
  type TestAccount,
  type TestApi,
  type Told,
} from '../support/api.ts';
import { CREATE_INSTANCE, createInstance, RELEASE_INSTANCE, REPLACE_SYSTEM_DISK } from '../support/instances.ts';
import { CREATE_DISK, CREATE_KEY, createDisk, GIB, releaseDisk, SET_QUOTA, setQuota } from '../support/operations.ts';

const QUOTAS = 'query ($region: String) { quotas(region: $region) { kind region limit used free } }';
const START = 'mutation ($input: StartScrubInput!) { startScrub(input: $input) { scrub { id } } }';
const CANCEL = 'mutation ($input: CancelScrubInput!) { cancelScrub(input: $input) { scrub { status } } }';
const REVOKE = 'mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { id } } }';
const HOUR_MS = 3_600_000;

let api: TestApi;
beforeAll(async () => {
  api = await createTestApi();
});
afterAll(() => api.close());

/** A thing that a quota counts: how it is made, and how it ceases to count. */
interface Kind {
  readonly default: number;
  readonly query: string;
  readonly input: (at: number) => object;
  readonly idOf: (answer: Told) => string;
  readonly end: (account: TestAccount, id: string) => Promise<unknown>;
  /** Those that each account has from the beginning. */
  readonly first: number;
}

const KINDS: Readonly<Record<string, Kind>> = {
  DISKS: {
    default: 10_000,
    query: CREATE_DISK,
    input: () => ({ sizeBytes: GIB }),
    idOf: ({ createDisk: { disk } }) => disk.id,
    end: (account, id) => releaseDisk(account, id),
    first: 0,
  },
  SCRUBS_AT_ONCE: {
    default: 2,
    query: START,
    input: () => ({}),
    idOf: ({ startScrub: { scrub } }) => scrub.id,
    end: (account, scrubId) => account.call(CANCEL, { input: { scrubId } }),
    first: 0,
  },
  API_KEYS: {
    default: 100,
    query: CREATE_KEY,
    input: (at) => ({ name: `robot ${at}`, role: 'VIEWER' }),
    idOf: ({ createApiKey: { apiKey } }) => apiKey.id,
    end: (account, apiKeyId) => account.call(REVOKE, { input: { apiKeyId } }),
    first: 1,
  },
};

const quotaOf = async (account: TestAccount, kind: string, region = REGION): Promise<Told> =>
  (await account.call(QUOTAS, { region })).quotas.find((quota: Told) => quota.kind === kind);

describe.each(Object.entries(KINDS))('1.4: %s', (kind, { default: limit, query, input, idOf, end, first }) => {
  const create = async (account: TestAccount, at = 0) => idOf(await account.call(query, { input: input(at) }));

  test('has a default, and what is used and free', async () => {
    const account = await api.createAccount();
    expect(await quotaOf(account, kind)).toEqual({ kind, region: REGION, limit, used: first, free: limit - first });
    await create(account);
    expect(await quotaOf(account, kind)).toMatchObject({ used: first + 1, free: limit - first - 1 });
    const refusal = await account.refusal(SET_QUOTA, { input: { kind, limit: limit + 1 } });
    expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: 'limit' });
  });

  test('full: one more is refused with the quota; when one goes there is room again', async () => {
    const account = await api.createAccount();
    await setQuota(account, kind, first + 2);
    const [id] = [await create(account, 1), await create(account, 2)];
    const refusal = await account.refusal(query, { input: input(3) });
    expect(refusal.extensions).toMatchObject({ code: 'QuotaExceeded', quota: kind, limit: first + 2, used: first + 2 });
    expect(await quotaOf(account, kind)).toMatchObject({ used: first + 2, free: 0 });
    await end(account, id);
    expect(await quotaOf(account, kind)).toMatchObject({ used: first + 1 });
    await create(account, 4);
    expect((await account.refusal(query, { input: input(5) })).extensions.code).toBe('QuotaExceeded');
  });

  test('ten at once where there is room for two: two are made', async () => {
    const account = await api.createAccount();
    await setQuota(account, kind, first + 2);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, at) => post(api.invoke, account.key, query, { input: input(at) })),
    );
    const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'made').sort();
    expect(codes).toEqual([...new Array<string>(8).fill('QuotaExceeded'), 'made', 'made']);
    expect(await quotaOf(account, kind)).toMatchObject({ used: first + 2 });
  });

  test('a repeated call with its token is answered although the quota is full by then', async () => {
    const account = await api.createAccount();
    await setQuota(account, kind, first + 1);
    const again = { input: { ...input(1), clientToken: 'once' } };
    const id = idOf(await account.call(query, again));
    expect(idOf(await account.call(query, again))).toBe(id);
    expect(await quotaOf(account, kind)).toMatchObject({ used: first + 1 });
  });

  test('an account that had some before they were counted: they count from the first use on', async () => {
    const account = await api.createAccount();
    const ids = [await create(account, 1), await create(account, 2)];
    const key = { accountId: account.id, region: REGION, kind: kind as never };
    const forget = () => api.catalogue.transact([remove(quotaUseEntity, key)]);
    await forget();
    expect(await quotaOf(account, kind)).toMatchObject({ used: first + 2 });
    await forget();
    await end(account, ids[0] ?? '');
    expect(await quotaOf(account, kind)).toMatchObject({ used: first + 1 });
    await forget();
    await setQuota(account, kind, first + 1);
    expect((await account.refusal(query, { input: input(4) })).extensions).toMatchObject({ used: first + 1 });
  });

  test('of another account, and of another region, it knows nothing', async () => {
    const [account, other] = [await api.createAccount(), await api.createAccount()];
    await create(account);
    expect(await quotaOf(other, kind)).toMatchObject({ used: first });
    const elsewhere = kind === 'API_KEYS' ? first + 1 : 0; // keys are of the whole account
    expect(await quotaOf(account, kind, OTHER_REGION)).toMatchObject({ region: OTHER_REGION, used: elsewhere });
  });
});

describe('1.4: what ceases to count by itself', () => {
  test('keys past their end', async () => {
    const account = await api.createAccount();
    await setQuota(account, 'API_KEYS', 2);
    const expiresAt = new Date(api.clock.now() + HOUR_MS).toISOString();
    const input = { name: 'short', role: 'VIEWER' };
    await account.call(CREATE_KEY, { input: { ...input, expiresAt } });
    expect((await account.refusal(CREATE_KEY, { input })).extensions.code).toBe('QuotaExceeded');
    api.clock.advance(HOUR_MS);
    await account.call(CREATE_KEY, { input });
    expect(await quotaOf(account, 'API_KEYS')).toMatchObject({ used: 2 });
  });

  test('scrubs that have come to their end', async () => {
    const account = await api.createAccount();
    const ids = [1, 2].map(async () => (await account.call(START, { input: {} })).startScrub.scrub.id as string);
    const [id = ''] = await Promise.all(ids);
    expect((await account.refusal(START, { input: {} })).extensions).toMatchObject({
      quota: 'SCRUBS_AT_ONCE',
      used: 2,
    });
    const set = { status: 'SUCCEEDED' } as const;
    await api.catalogue.transact([patch(scrubEntity, { accountId: account.id, id }, { set, remove: ['runShard'] })]);
    await account.call(START, { input: {} });
  });
});

describe('1.4: disks of instances count like all others', () => {
  const disk = { sizeBytes: GIB };

  test('an instance without room for all of its disks is not made, and leaves nothing', async () => {
    const account = await api.createAccount();
    await setQuota(account, 'DISKS', 2);
    const input = { systemDisk: disk, dataDisks: [disk, disk] };
    const refusal = await account.refusal(CREATE_INSTANCE, { input });
    expect(refusal.extensions).toMatchObject({ code: 'QuotaExceeded', quota: 'DISKS', limit: 2 });
    const left = await account.call('{ instances { nodes { id } } disks { nodes { id } } }');
    expect([left.instances.nodes, left.disks.nodes]).toEqual([[], []]);
    expect(await quotaOf(account, 'DISKS')).toMatchObject({ used: 0 });
  });

  test('a system disk is replaced also where there is no room for one more; releasing gives all back', async () => {
    const account = await api.createAccount();
    await setQuota(account, 'DISKS', 1);
    const { id } = await createInstance(account, { systemDisk: disk, start: false });
    await account.call(REPLACE_SYSTEM_DISK, { input: { instanceId: id, systemDisk: disk } });
    expect(await quotaOf(account, 'DISKS')).toMatchObject({ used: 1, free: 0 });
    await account.call(RELEASE_INSTANCE, { input: { instanceId: id } });
    expect(await quotaOf(account, 'DISKS')).toMatchObject({ used: 0 });
  });
});

test('1.4: disks that are counted for the first time by many at once are counted right', async () => {
  const account = await api.createAccount();
  const { id } = await createDisk(account);
  const row = await api.catalogue.get(diskEntity, { accountId: account.id, id });
  if (row === undefined) throw new Error('no disk');
  const more = Array.from({ length: 30 }, (_, at) =>
    put(diskEntity, { ...row, id: `d-${String(at).padStart(20, '0')}` }),
  );
  const key = { accountId: account.id, region: REGION, kind: 'DISKS' as const };
  await api.catalogue.transact([...more, remove(quotaUseEntity, key)]);
  await Promise.all([...Array.from({ length: 6 }, () => createDisk(account)), releaseDisk(account, id)]);
  expect(await quotaOf(account, 'DISKS')).toMatchObject({ used: 36 });
});
