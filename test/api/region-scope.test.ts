import { buildSchema, isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { MUTATION_ROLES, QUERY_ROLES } from '../../src/service/api/permissions.ts';
import { moveBalance } from '../../src/service/money/balance.ts';
import {
  createTestApi,
  OTHER_REGION,
  post,
  REGION,
  type TestAccount,
  type TestApi,
  type Told,
} from '../support/api.ts';
import { HASH } from '../support/bad-values.ts';
import { CREATE_IMAGE, createInstance } from '../support/instances.ts';
import { createDisk, createSnapshot, GIB } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';

/*
 * Rule 1.1 and the scope of a credential: one that is limited to a region does nothing in another,
 * and learns nothing of it. What lies there is answered like what never was.
 */

/** One of each kind of object, in a region. */
interface Ids {
  readonly disk: string;
  readonly snapshot: string;
  readonly image: string;
  readonly instance: string;
  readonly policy: string;
  readonly draft: string;
  readonly scrub: string;
  readonly job: string;
  readonly export: string;
  readonly import: string;
  readonly webhook: string;
  readonly apiKey: string;
  readonly trashed: string;
}

let api: TestApi;
let account: TestAccount;
let key: string;
let here: Ids;
let there: Ids;
/** Of ids that never were: the form is that of `there`. */
let never: Ids;

beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount({ trashHours: 'default' });
  const open = 'mutation ($i: OpenSnapshotServiceInput!) { openSnapshotService(input: $i) { __typename } }';
  await account.call(open, { i: { acceptedTerms: '2026-01', region: OTHER_REGION } });
  here = await oneOfEach(REGION);
  there = await oneOfEach(OTHER_REGION);
  const ids = Object.entries(there).map(([kind, id]) => [kind, neverLike(id)]);
  never = { ...(Object.fromEntries(ids) as Ids), trashed: `d-${'1'.repeat(20)}` };
  key = await account.createKey('ADMIN', [REGION]);
});
afterAll(() => api.close());

const neverLike = (id: string): string => (id.includes('-') ? `${id.split('-')[0]}-${'0'.repeat(20)}` : '0'.repeat(16));

const fileOf = ({ id }: TestAccount) => ({ key: `imports/${id}/disk.img` });

async function oneOfEach(region: string): Promise<Ids> {
  const call = async (operation: string, input: object, fields: string): Promise<Told> =>
    (await account.call(document(operation, fields), { input }))[operation];
  const disk = await createDisk(account, { region });
  const released = await createDisk(account, { region });
  const snapshot = await createSnapshot(account, disk.id);
  const image = (await account.call(CREATE_IMAGE, { input: { snapshotId: snapshot.id } })).createImage.image;
  const wanted = { name: region, role: 'VIEWER', ...(region === REGION ? { regions: [region] } : {}) };
  const draft = await call('openDraft', { diskId: disk.id, expectedVersion: 0 }, 'draft { id }');
  return {
    disk: disk.id,
    snapshot: snapshot.id,
    image: image.id,
    instance: (await createInstance(account, { region, start: false })).id,
    policy: (await createPolicy(account, { region })).id,
    draft: draft.draft.id,
    scrub: (await call('startScrub', { region }, 'scrub { id }')).scrub.id,
    job: (await call('releaseDisk', { diskId: released.id }, 'job { id }')).job.id,
    export: (await call('exportImage', { imageId: image.id }, 'export { id }')).export.id,
    import: (await call('importImage', { region, from: fileOf(account) }, 'import { id }')).import.id,
    trashed: released.id,
    webhook: (await call('createWebhook', { url: 'https://example.com/' }, 'webhook { id }')).webhook.id,
    apiKey: (await call('createApiKey', wanted, 'apiKey { id }')).apiKey.id,
  };
}

const mutations = buildSchema(sdl).getMutationType()?.getFields() ?? {};

function document(operation: string, fields: string): string {
  const type = mutations[operation]?.args[0]?.type;
  if (!isNonNullType(type)) throw new Error(`${operation} has no input`);
  return `mutation ($input: ${type.ofType}!) { ${operation}(input: $input) { ${fields} } }`;
}

type Inputs = (far: Ids, region: string) => readonly object[];

const size = { sizeBytes: GIB };
/** What each mutation takes that names a place: `far` is elsewhere. The rest is as it should be. */
const MUTATIONS: Readonly<Record<string, Inputs>> = {
  openSnapshotService: (_, region) => [{ acceptedTerms: '2026-01', region }],
  createApiKey: (_, region) => [
    { name: 'wider', role: 'VIEWER', regions: [region] },
    { name: 'wider', role: 'VIEWER', regions: [REGION, region] },
  ],
  revokeApiKey: (far) => [{ apiKeyId: far.apiKey }],
  setQuota: (_, region) => [{ kind: 'POLICIES', limit: 5, region }],
  createDisk: (far, region) => [
    { ...size, region },
    { ...size, snapshotId: far.snapshot },
    { ...size, imageId: far.image },
    { ...size, policyId: far.policy },
  ],
  updateDisk: ({ disk }) => [{ diskId: disk, name: 'mine' }],
  resizeDisk: ({ disk }) => [{ diskId: disk, sizeBytes: 2 * GIB }],
  rollbackDisk: (far) => [
    { diskId: far.disk, snapshotId: far.snapshot },
    { diskId: here.disk, snapshotId: far.snapshot },
  ],
  attachDisk: (far) => [
    { diskId: far.disk, instanceId: far.instance },
    { diskId: here.disk, instanceId: far.instance },
    { diskId: far.disk, instanceId: here.instance },
  ],
  detachDisk: ({ disk }) => [{ diskId: disk }],
  reinitializeDisk: ({ disk }) => [{ diskId: disk }],
  createImage: ({ snapshot }) => [{ snapshotId: snapshot }],
  updateImage: ({ image }) => [{ imageId: image, name: 'mine' }],
  deleteImage: ({ image }) => [{ imageId: image }],
  shareImage: ({ image }) => [{ imageId: image, accountIds: ['team-b'] }],
  unshareImage: ({ image }) => [{ imageId: image, accountIds: ['team-b'] }],
  createInstance: (far, region) => [
    { region, systemDisk: size },
    { systemDisk: { imageId: far.image } },
    { systemDisk: { ...size, policyId: far.policy } },
    { systemDisk: size, dataDisks: [{ snapshotId: far.snapshot }] },
  ],
  updateInstance: ({ instance }) => [{ instanceId: instance, name: 'mine' }],
  startInstance: ({ instance }) => [{ instanceId: instance }],
  stopInstance: ({ instance }) => [{ instanceId: instance }],
  releaseInstance: ({ instance }) => [{ instanceId: instance }],
  replaceSystemDisk: (far) => [
    { instanceId: far.instance, systemDisk: size },
    { instanceId: here.instance, systemDisk: { imageId: far.image } },
  ],
  createPolicy: (_, region) => [{ hours: [1], region }],
  updatePolicy: ({ policy }) => [{ policyId: policy, hours: [2] }],
  deletePolicy: ({ policy }) => [{ policyId: policy }],
  applyPolicy: (far) => [
    { policyId: far.policy, diskIds: [here.disk] },
    { policyId: here.policy, diskIds: [far.disk] },
  ],
  cancelPolicy: ({ disk }) => [{ diskIds: [disk] }],
  completeReencryption: ({ disk }) => [{ diskId: disk }],
  releaseDisk: ({ disk }) => [{ diskId: disk }],
  createSnapshot: ({ disk }) => [{ diskId: disk }],
  updateSnapshot: ({ snapshot }) => [{ snapshotId: snapshot, name: 'mine' }],
  restoreTrash: ({ trashed }) => [{ ids: [trashed] }],
  purgeTrash: ({ trashed }) => [{ ids: [trashed] }],
  pinSnapshot: ({ snapshot }) => [{ snapshotId: snapshot }],
  unpinSnapshot: ({ snapshot }) => [{ snapshotId: snapshot }],
  setSnapshotRetention: ({ snapshot }) => [{ snapshotId: snapshot, retentionDays: 5 }],
  deleteSnapshots: ({ snapshot }) => [{ snapshotIds: [snapshot], force: true }],
  copySnapshot: (far, region) => [
    { snapshotId: far.snapshot, toRegion: REGION },
    { snapshotId: here.snapshot, toRegion: region },
  ],
  cancelCopy: ({ snapshot }) => [{ snapshotId: snapshot }],
  exportImage: ({ image }) => [{ imageId: image }],
  cancelImageExport: (far) => [{ exportId: far.export }],
  importImage: (_, region) => [{ region, from: fileOf(account) }],
  cancelImageImport: (far) => [{ importId: far.import }],
  acquireLease: ({ disk }) => [{ diskId: disk, holder: 'host' }],
  renewLease: ({ disk }) => [{ diskId: disk, fence: 1 }],
  releaseLease: ({ disk }) => [{ diskId: disk, fence: 1 }],
  prepareUpload: ({ disk, draft }) => [
    { target: disk, objects: [{ id: HASH }] },
    { target: draft, objects: [{ id: HASH }] },
  ],
  commitBlocks: ({ disk, draft }) => [disk, draft].map((target) => ({ target, expectedVersion: 0 })),
  openDraft: ({ disk }) => [{ diskId: disk, expectedVersion: 0 }],
  commitDraft: ({ draft }) => [{ draftId: draft }],
  discardDraft: ({ draft }) => [{ draftId: draft }],
  reportDamage: ({ disk, snapshot }) =>
    [disk, snapshot].map((source) => ({ source, blocks: [{ index: 0, id: HASH }] })),
  startScrub: (far, region) => [
    { region },
    ...[far.disk, far.snapshot, far.image].map((targetId) => ({ targetId })),
    { chainId: far.disk },
  ],
  cancelScrub: ({ scrub }) => [{ scrubId: scrub }],
  setRecoveryPointObjective: (far, region) => [
    { diskId: far.disk, hours: 24 },
    { tag: { key: 'tier', value: 'gold' }, region, hours: 24 },
  ],
  createWebhook: () => [], // of the whole account: Forbidden
  updateWebhook: ({ webhook }) => [{ webhookId: webhook }],
  deleteWebhook: ({ webhook }) => [{ webhookId: webhook }],
  rotateWebhookSecret: ({ webhook }) => [{ webhookId: webhook }],
  testWebhook: ({ webhook }) => [{ webhookId: webhook }],
};
/** Those that answer for each object by itself. */
const WITH_RESULTS = new Set(['deleteSnapshots', 'cancelPolicy', 'applyPolicy', 'restoreTrash', 'purgeTrash']);

const ofRegion = (field: string) => (_: Ids, region: string) => [`${field}(region: "${region}") { __typename }`];
const byId = (field: string, kind: keyof Ids) => (far: Ids) => [`${field}(id: "${far[kind]}") { __typename }`];
type Selections = (far: Ids, region: string) => readonly string[];

const QUERIES: Readonly<Record<string, Selections>> = {
  node: ({ disk, snapshot, image, instance, policy, job }) =>
    [disk, snapshot, image, instance, policy, job].map((id) => `node(id: "${id}") { id }`),
  nodes: (far) => [`nodes(ids: ${JSON.stringify(Object.values(far))}) { id }`],
  snapshotService: ofRegion('snapshotService'),
  disk: byId('disk', 'disk'),
  disks: ofRegion('disks'),
  image: byId('image', 'image'),
  images: ofRegion('images'),
  sharedImages: ofRegion('sharedImages'),
  instance: byId('instance', 'instance'),
  instances: ofRegion('instances'),
  policy: byId('policy', 'policy'),
  policies: ofRegion('policies'),
  policyPreview: (far, region) => [
    `policyPreview(input: { hours: [1], region: "${region}" }) { timeZone }`,
    `policyPreview(input: { hours: [1] }) { disks(ids: ["${far.disk}"]) { storedBytes } }`,
  ],
  snapshot: byId('snapshot', 'snapshot'),
  snapshots: ofRegion('snapshots'),
  changedBlocks: (far) => [
    `changedBlocks(input: { toSnapshotId: "${far.snapshot}" }) { sizeBytes }`,
    `changedBlocks(input: { toSnapshotId: "${here.snapshot}", fromSnapshotId: "${far.snapshot}" }) { sizeBytes }`,
  ],
  deleteSnapshotsPreview: (far) => [
    `deleteSnapshotsPreview(input: { snapshotIds: ["${far.snapshot}"] }) { objects results { error { code } } }`,
  ],
  rollbackPreview: (far) => [
    `rollbackPreview(input: { diskId: "${far.disk}", snapshotId: "${far.snapshot}" }) { freed { objects } }`,
    `rollbackPreview(input: { diskId: "${here.disk}", snapshotId: "${far.snapshot}" }) { freed { objects } }`,
  ],
  reinitializePreview: (far) => [`reinitializePreview(input: { diskId: "${far.disk}" }) { freed { objects } }`],
  releasePreview: (far) => [`releasePreview(input: { diskId: "${far.disk}" }) { freed { objects } }`],
  deleteImagePreview: (far) => [`deleteImagePreview(imageId: "${far.image}") { freed { objects } }`],
  trash: (_, region) => [`trash(kind: DISK, region: "${region}") { nodes { id } }`],
  trashItem: byId('trashItem', 'trashed'),
  chain: byId('chain', 'disk'),
  chains: ofRegion('chains'),
  quotas: (far, region) => [`quotas(region: "${region}") { used }`, `quotas(diskId: "${far.disk}") { used }`],
  job: byId('job', 'job'),
  jobs: ofRegion('jobs'),
  imageExport: byId('imageExport', 'export'),
  imageExports: ofRegion('imageExports'),
  imageImport: byId('imageImport', 'import'),
  imageImports: ofRegion('imageImports'),
  webhook: byId('webhook', 'webhook'),
  webhookDeliveries: (far) => [`webhookDeliveries(webhookId: "${far.webhook}") { __typename }`],
  blockMap: ({ disk, snapshot, draft }) =>
    [disk, snapshot, draft].map((source) => `blockMap(input: { source: "${source}" }) { root }`),
  pageMap: ({ disk, snapshot, draft }) =>
    [disk, snapshot, draft].map((source) => `pageMap(input: { source: "${source}" }) { root }`),
  drafts: (far) => [`drafts(diskId: "${far.disk}") { nodes { id } }`],
  scrub: byId('scrub', 'scrub'),
  scrubs: ofRegion('scrubs'),
  reclaim: ofRegion('reclaim'),
  capacity: ofRegion('capacity'),
  capacityHistory: ofRegion('capacityHistory'),
  damagedObjects: ofRegion('damagedObjects'),
  diskAdvice: (far) => [`diskAdvice(diskId: "${far.disk}") { disk { id } }`],
  advice: ofRegion('advice'),
  unprotectedDisks: ofRegion('unprotectedDisks'),
  forgottenSnapshots: ofRegion('forgottenSnapshots'),
  breaches: ofRegion('breaches'),
  overview: ofRegion('overview'),
  tagObjectives: ofRegion('tagObjectives'),
  prices: ofRegion('prices'),
  packages: ofRegion('packages'),
  statementLines: (_, region) => [`statementLines(month: "2020-01", region: "${region}") { nodes { id } }`],
};
/** Changes the whole account: see below. */
const OF_ACCOUNT = ['createConsoleLink', 'setTrashRetention'];
/** Of the whole account; what they show of it is looked at below. */
const WITHOUT_PLACE = [
  'apiKeys',
  'audit',
  'balance',
  'events',
  'movements',
  'purposes',
  'regions',
  'statement',
  'statements',
  'viewer',
  'webhooks',
];

/** An answer without what names the object: the same elsewhere and for one that never was. */
function anonymous(answer: Told, far: Ids, region: string): Told {
  const { requestId: _, ...rest } = answer.errors?.[0]?.extensions ?? {};
  const text = JSON.stringify({ ...answer, errors: answer.errors?.map((error: Told) => [error.message, rest]) });
  // An id may end as another one.
  const ids = Object.entries(far).sort(([, a], [, b]) => b.length - a.length);
  return ids.reduce((told, [kind, id]) => told.replaceAll(id, kind), text.replaceAll(region, 'REGION'));
}

describe('1.1: a credential that is limited to a region', () => {
  test('every operation is in the tables', () => {
    expect([...Object.keys(MUTATIONS), ...OF_ACCOUNT].sort()).toEqual(Object.keys(MUTATION_ROLES).sort());
    expect([...Object.keys(QUERIES), ...WITHOUT_PLACE].sort()).toEqual(Object.keys(QUERY_ROLES).sort());
  });

  test.each(Object.entries(MUTATIONS))('%s: refused elsewhere as if nothing were there', async (operation, inputs) => {
    const results = WITH_RESULTS.has(operation);
    const query = document(operation, results ? 'results { error { code message } }' : '__typename');
    const lost = inputs(never, 'nowhere');
    for (const [at, input] of inputs(there, OTHER_REGION).entries()) {
      const answer = await post(api.invoke, key, query, { input });
      const told = answer.data?.[operation]?.results?.[0]?.error ?? answer.errors?.[0]?.extensions;
      expect(['NotFound', 'InvalidParameter'], JSON.stringify(input)).toContain(told?.code);
      const other = await post(api.invoke, key, query, { input: lost[at] });
      expect(anonymous(answer, there, OTHER_REGION)).toBe(anonymous(other, never, 'nowhere'));
    }
  });

  test.each(Object.entries(QUERIES))('%s: shows nothing from elsewhere', async (_, selections) => {
    const lost = selections(never, 'nowhere');
    for (const [at, selection] of selections(there, OTHER_REGION).entries()) {
      const answer = await post(api.invoke, key, `{ ${selection} }`);
      const other = await post(api.invoke, key, `{ ${lost[at]} }`);
      expect(anonymous(answer, there, OTHER_REGION), selection).toBe(anonymous(other, never, 'nowhere'));
      const unlimited = await post(api.invoke, account.key, `{ ${selection} }`);
      expect(anonymous(unlimited, there, OTHER_REGION)).not.toBe(anonymous(other, never, 'nowhere'));
    }
  });
});

describe('1.1: what belongs to the whole account', () => {
  const KEYS = '{ apiKeys(first: 100) { nodes { id } } }';
  const REVOKE = 'mutation ($id: ID!) { revokeApiKey(input: { apiKeyId: $id }) { apiKey { id } } }';

  test('keys: only those are seen and revoked that work nowhere else', async () => {
    const all = (await account.call(KEYS)).apiKeys.nodes.length;
    const both = await account.createKey('VIEWER', [REGION, OTHER_REGION]);
    const seen = (await account.call(KEYS, {}, key)).apiKeys.nodes.map(({ id }: Told) => id);
    expect(seen).toContain(here.apiKey);
    expect(seen).not.toContain(there.apiKey);
    expect(all).toBeGreaterThan(seen.length);
    const { apiKey } = (await account.call('{ viewer { apiKey { id } } }', {}, both)).viewer;
    expect((await account.refusal(REVOKE, { id: apiKey.id }, key)).extensions.code).toBe('NotFound');
    expect((await post(api.invoke, both, '{ viewer { role } }')).status).toBe(200);
    const own = await account.createKey('VIEWER', [REGION]);
    const mine = (await account.call('{ viewer { apiKey { id } } }', {}, own)).viewer.apiKey.id;
    await account.call(REVOKE, { id: mine }, key);
    expect((await post(api.invoke, own, '{ viewer { role } }')).status).toBe(401);
  });

  test('a key that it makes without regions is limited to its own', async () => {
    const create = 'mutation { createApiKey(input: { name: "next", role: ADMIN }) { apiKey { regions } } }';
    expect((await account.call(create, {}, key)).createApiKey.apiKey.regions).toEqual([REGION]);
  });

  test('the quota of keys is neither counted nor set', async () => {
    const quotas = (await account.call('{ quotas { kind used free } }', {}, key)).quotas;
    expect(quotas).toContainEqual({ kind: 'API_KEYS', used: null, free: null });
    const set = 'mutation { setQuota(input: { kind: API_KEYS, limit: 5 }) { quota { limit } } }';
    expect((await account.refusal(set, {}, key)).extensions.code).toBe('Forbidden');
  });

  test('10.1: the time of the recycle bin is not set', async () => {
    const set = 'mutation { setTrashRetention(input: { hours: 0 }) { account { trashHours } } }';
    expect((await account.refusal(set, {}, key)).extensions.code).toBe('Forbidden');
    expect((await account.call('{ viewer { account { trashHours } } }', {}, key)).viewer.account.trashHours).toBe(24);
  });

  test('regions: its own', async () => {
    expect((await account.call('{ regions { name } }', {}, key)).regions).toEqual([{ name: REGION }]);
  });

  test('8.6: the audit: what the credential did itself, as records name objects of all regions', async () => {
    await account.call('mutation { createDisk(input: { sizeBytes: 1048576 }) { __typename } }', {}, key);
    const told = async (by?: string): Promise<Told[]> =>
      (await account.call('{ audit(first: 1000) { nodes { actor subjects } } }', {}, by)).audit.nodes;
    expect(new Set((await told(key)).map(({ actor }) => actor))).toEqual(new Set([key.split('_')[1]]));
    expect((await told()).flatMap(({ subjects }) => subjects)).toContain(there.disk);
  });

  test('statements: its own regions, and no balance, which is of all', async () => {
    await moveBalance(api.service, { account: account.id, kind: 'credit', said: { currency: 'EUR', amount: '5' } });
    const query = '{ statement(month: "2020-01") { regions { region } } balance { balance } movements { nodes { at }}}';
    expect((await post(api.invoke, key, query)).data).toEqual({
      statement: { regions: [{ region: REGION }] },
      balance: null,
      movements: { nodes: [] },
    });
    expect((await post(api.invoke, account.key, query)).data).toMatchObject({ balance: { balance: '5' } });
  });
});
