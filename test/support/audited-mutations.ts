import { hash } from 'node:crypto';
import type { Mutation } from '../../src/generated/schema.ts';
import { CURRENT_TERMS } from '../../src/service/accounts/terms.ts';
import type { TestAccount, Told } from './api.ts';
import { blockOf, encodeBlock } from './blocks.ts';
import { OTHER_MEMORY_REGION } from './memory-service.ts';

/** Answers an input with which the mutation is allowed. */
type Allowed = (make: Make) => Promise<object>;

interface Make {
  /** Calls a mutation, and answers the first field of its answer. */
  (mutation: string, input: object, fields: string): Promise<Told>;
  disk(input?: object): Promise<string>;
  snapshot(): Promise<string>;
  webhook(): Promise<string>;
  /** A snapshot in the recycle bin. */
  trashed(): Promise<string>;
  image(): Promise<string>;
  /** What an import may name. */
  file(): object;
  policy(): Promise<string>;
  instance(input?: object): Promise<string>;
  draft(): Promise<string>;
  /** A disk that somebody holds open, with the fence. */
  held(): Promise<{ readonly diskId: string; readonly fence: number }>;
}

const SIZE = 1_048_576;
const { id: BLOCK, stored: STORED } = encodeBlock(blockOf('a'));
const SYSTEM_DISK = { systemDisk: { sizeBytes: SIZE } };

/** One of each mutation of the schema. A new one does not compile until it stands here. */
export const ALLOWED: Readonly<Record<Exclude<keyof Mutation, '__typename'>, Allowed>> = {
  openSnapshotService: async () => ({ acceptedTerms: CURRENT_TERMS }),
  createApiKey: async () => ({ name: 'Made', role: 'VIEWER' }),
  revokeApiKey: async (make) => ({
    apiKeyId: (await make('createApiKey', { name: 'Revoked', role: 'VIEWER' }, 'apiKey { id }')).id,
  }),
  createConsoleLink: async () => ({}),
  setQuota: async () => ({ kind: 'POLICIES', limit: 50 }),
  createDisk: async () => ({ sizeBytes: SIZE }),
  updateDisk: async (make) => ({ diskId: await make.disk(), name: 'Renamed' }),
  resizeDisk: async (make) => ({ diskId: await make.disk(), sizeBytes: 2 * SIZE }),
  rollbackDisk: async (make) => {
    const diskId = await make.disk();
    const { id: snapshotId } = await make('createSnapshot', { diskId }, 'snapshot { id }');
    return { diskId, snapshotId };
  },
  attachDisk: async (make) => ({ diskId: await make.disk(), instanceId: await make.instance() }),
  detachDisk: async (make) => {
    const input = { diskId: await make.disk(), instanceId: await make.instance() };
    await make('attachDisk', input, 'disk { id }');
    return input;
  },
  reinitializeDisk: async (make) => ({ diskId: await make.disk() }),
  createImage: async (make) => ({ snapshotId: await make.snapshot() }),
  updateImage: async (make) => ({ imageId: await make.image(), name: 'Renamed' }),
  deleteImage: async (make) => ({ imageId: await make.image() }),
  shareImage: async (make) => ({ imageId: await make.image(), accountIds: ['friend'] }),
  unshareImage: async (make) => ({ imageId: await make.image(), accountIds: ['friend'] }),
  exportImage: async (make) => ({ imageId: await make.image() }),
  cancelImageExport: async (make) => ({
    exportId: (await make('exportImage', { imageId: await make.image() }, 'export { id }')).id,
  }),
  importImage: async (make) => ({ from: make.file() }),
  cancelImageImport: async (make) => ({
    importId: (await make('importImage', { from: make.file() }, 'import { id }')).id,
  }),
  createInstance: async () => SYSTEM_DISK,
  updateInstance: async (make) => ({ instanceId: await make.instance(), name: 'Renamed' }),
  startInstance: async (make) => ({ instanceId: await make.instance() }),
  stopInstance: async (make) => ({ instanceId: await make.instance({ start: true }) }),
  releaseInstance: async (make) => ({ instanceId: await make.instance() }),
  replaceSystemDisk: async (make) => ({ instanceId: await make.instance(), ...SYSTEM_DISK }),
  createPolicy: async () => ({ hours: [1], weekdays: [1] }),
  updatePolicy: async (make) => ({ policyId: await make.policy(), name: 'Renamed' }),
  deletePolicy: async (make) => ({ policyId: await make.policy() }),
  applyPolicy: async (make) => ({ policyId: await make.policy(), diskIds: [await make.disk()] }),
  cancelPolicy: async (make) => ({ diskIds: [await make.disk({ policyId: await make.policy() })] }),
  completeReencryption: async (make) => ({
    diskId: await make.disk({ snapshotId: await make.snapshot(), encrypted: true }),
  }),
  releaseDisk: async (make) => ({ diskId: await make.disk() }),
  createSnapshot: async (make) => ({ diskId: await make.disk() }),
  updateSnapshot: async (make) => ({ snapshotId: await make.snapshot(), name: 'Renamed' }),
  deleteSnapshots: async (make) => ({ snapshotIds: [await make.snapshot()] }),
  pinSnapshot: async (make) => ({ snapshotId: await make.snapshot() }),
  unpinSnapshot: async (make) => {
    const input = { snapshotId: await make.snapshot() };
    await make('pinSnapshot', input, 'snapshot { id }');
    return input;
  },
  setSnapshotRetention: async (make) => ({ snapshotId: await make.snapshot(), retentionDays: 9 }),
  setTrashRetention: async () => ({ hours: 48 }),
  restoreTrash: async (make) => ({ ids: [await make.trashed()] }),
  purgeTrash: async (make) => ({ ids: [await make.trashed()] }),
  setRecoveryPointObjective: async (make) => ({ diskId: await make.disk(), hours: 24 }),
  copySnapshot: async (make) => ({ snapshotId: await make.snapshot(), toRegion: OTHER_MEMORY_REGION }),
  cancelCopy: async (make) => {
    const input = { snapshotId: await make.snapshot(), toRegion: OTHER_MEMORY_REGION };
    return { snapshotId: (await make('copySnapshot', input, 'snapshot { id }')).id };
  },
  acquireLease: async (make) => ({ diskId: await make.disk(), holder: 'host' }),
  renewLease: async (make) => make.held(),
  releaseLease: async (make) => make.held(),
  prepareUpload: async (make) => ({
    target: await make.disk(),
    objects: [{ id: BLOCK, stored: { sizeBytes: STORED.length, sha256: hash('sha256', STORED, 'hex') } }],
  }),
  commitBlocks: async (make) => ({ target: await make.disk(), expectedVersion: 0, trims: [{ start: 0, count: 1 }] }),
  openDraft: async (make) => ({ diskId: await make.disk(), expectedVersion: 0 }),
  commitDraft: async (make) => ({ draftId: await make.draft() }),
  discardDraft: async (make) => ({ draftId: await make.draft() }),
  reportDamage: async (make) => ({ source: await make.disk(), blocks: [{ index: 0, id: BLOCK }] }),
  createWebhook: async () => ({ url: 'https://example.com/' }),
  updateWebhook: async (make) => ({ webhookId: await make.webhook(), url: 'https://example.com/other' }),
  deleteWebhook: async (make) => ({ webhookId: await make.webhook() }),
  rotateWebhookSecret: async (make) => ({ webhookId: await make.webhook() }),
  testWebhook: async (make) => ({ webhookId: await make.webhook() }),
  startScrub: async () => ({}),
  cancelScrub: async (make) => ({ scrubId: (await make('startScrub', {}, 'scrub { id }')).id }),
};

export function makeWith(account: TestAccount, typeOf: (mutation: string) => string): Make {
  const call = async (mutation: string, input: object, fields: string): Promise<Told> => {
    const text = `mutation ($i: ${typeOf(mutation)}) { ${mutation}(input: $i) { ${fields} } }`;
    const payload = (await account.call(text, { i: input }))[mutation];
    return Object.values(payload)[0];
  };
  const id = async (mutation: string, input: object, fields: string): Promise<string> =>
    (await call(mutation, input, fields)).id;
  const disk = (input: object = {}) => {
    const size = 'snapshotId' in input ? {} : { sizeBytes: SIZE };
    return id('createDisk', { ...size, ...input }, 'disk { id }');
  };
  const snapshot = async () => id('createSnapshot', { diskId: await disk() }, 'snapshot { id }');
  return Object.assign(call, {
    disk,
    snapshot,
    webhook: () => id('createWebhook', { url: 'https://example.com/' }, 'webhook { id }'),
    trashed: async () => {
      const snapshotId = await snapshot();
      await call('setTrashRetention', { hours: 24 }, 'account { id }');
      await call('deleteSnapshots', { snapshotIds: [snapshotId] }, 'results { snapshotId }');
      return snapshotId;
    },
    image: async () => id('createImage', { snapshotId: await snapshot() }, 'image { id }'),
    file: () => ({ key: `imports/${account.id}/disk.img` }),
    policy: () => id('createPolicy', { hours: [1], weekdays: [1] }, 'policy { id }'),
    instance: (input: object = {}) =>
      id('createInstance', { ...SYSTEM_DISK, start: false, ...input }, 'instance { id }'),
    draft: async () => id('openDraft', { diskId: await disk(), expectedVersion: 0 }, 'draft { id }'),
    held: async () => {
      const diskId = await disk();
      const { fence } = await call('acquireLease', { diskId, holder: 'host' }, 'lease { fence }');
      return { diskId, fence };
    },
  });
}
