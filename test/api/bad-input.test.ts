import { buildSchema, isNonNullType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { createTestApi, OTHER_REGION, REGION, type TestAccount, type TestApi } from '../support/api.ts';
import { type MachineIds, machineRows } from '../support/bad-machines.ts';
import { policyRows } from '../support/bad-policies.ts';
import {
  BAD_TOKENS,
  HASH,
  LONG,
  missingIds,
  names,
  type Row,
  singleTags,
  sizes,
  tags,
  versions,
} from '../support/bad-values.ts';
import { webhookRows } from '../support/bad-webhooks.ts';
import { createDisk, createSnapshot } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import { createWebhook } from '../support/webhooks.ts';

let api: TestApi;
let account: TestAccount;
let ids: MachineIds & { readonly draftId: string; readonly policyId: string; readonly webhookId: string };

beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  const disk = await createDisk(account);
  const snapshot = await createSnapshot(account, disk.id);
  const input = { diskId: disk.id, expectedVersion: 0 };
  const { openDraft } = await account.call(
    'mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id } } }',
    { input },
  );
  const { createInstance } = await account.call(
    'mutation { createInstance(input: { start: false, systemDisk: { sizeBytes: 1024 } }) { instance { id } } }',
  );
  const { createImage } = await account.call(
    'mutation ($snapshotId: ID!) { createImage(input: { snapshotId: $snapshotId }) { image { id } } }',
    { snapshotId: snapshot.id },
  );
  ids = {
    diskId: disk.id,
    snapshotId: snapshot.id,
    draftId: openDraft.draft.id,
    instanceId: createInstance.instance.id,
    imageId: createImage.image.id,
    policyId: (await createPolicy(account)).id,
    webhookId: (await createWebhook(account, { url: 'https://example.com/' })).id,
  };
});
afterAll(() => api.close());

/** None, one more than may be, one twice, and what is no list of ids. */
const idLists = (tooMany: number) => [
  [],
  Array.from({ length: tooMany }, (_, at) => `s-${at}`),
  ['s-1', 's-1'],
  null,
  [null],
];

const ROWS: readonly Row[] = [
  [
    'createDisk',
    () => ({ sizeBytes: 1024 }),
    {
      region: ['', 'nowhere', 5],
      name: names,
      kind: ['BOTH', 5],
      category: ['FAST', null],
      sizeBytes: sizes,
      snapshotId: missingIds,
      imageId: missingIds,
      policyId: missingIds,
      encrypted: ['yes', 1],
      encryptionKeyId: ['', 'x'.repeat(257), 5],
      chargeType: ['FREE', null, 'PREPAID'],
      expiresAt: ['2030-01-01T00:00:00Z', 'tomorrow', '2030-01-01', '2030-13-01T00:00:00Z', '2031-02-30T00:00:00Z', 5],
      deleteAutoSnapshots: [null, 'yes'],
      deleteWithInstance: [null, 0],
      tags: [...tags, null],
      clientToken: BAD_TOKENS,
    },
  ],
  [
    'updateDisk',
    () => ({ diskId: ids.diskId }),
    {
      diskId: missingIds,
      name: names,
      deleteAutoSnapshots: ['yes'],
      deleteWithInstance: ['yes'],
      expiresAt: ['2001-01-01T00:00:00Z', '2130-01-01T00:00:00Z', 'x'],
      tags,
      ...singleTags,
    },
  ],
  ['resizeDisk', () => ({ diskId: ids.diskId, sizeBytes: 2 ** 31 }), { diskId: missingIds, sizeBytes: sizes }],
  [
    'rollbackDisk',
    () => ({ diskId: ids.diskId, snapshotId: ids.snapshotId, dryRun: true, safetySnapshot: true }),
    {
      diskId: missingIds,
      snapshotId: missingIds,
      dryRun: [null, 'yes'],
      safetySnapshot: [null, 1],
      safetySnapshotName: [...names, 'automatic'],
      expectedVersion: versions,
      startInstance: [null, 'yes'],
      breakLease: [null, 'yes'],
      clientToken: BAD_TOKENS,
    },
  ],
  ['completeReencryption', () => ({ diskId: ids.diskId }), { diskId: missingIds }],
  ['releaseDisk', () => ({ diskId: ids.diskId }), { diskId: missingIds, breakLease: [null, 'yes'] }],
  [
    'acquireLease',
    () => ({ diskId: ids.diskId, holder: 'host' }),
    {
      diskId: missingIds,
      holder: ['', 'x'.repeat(129), 'a\u0000b', 'a\ud800', 5, null],
      steal: [null, 'yes'],
      clientToken: BAD_TOKENS,
    },
  ],
  [
    'renewLease',
    () => ({ diskId: ids.diskId, fence: 1 }),
    { diskId: missingIds, fence: [...versions, null], flushed: versions },
  ],
  ['releaseLease', () => ({ diskId: ids.diskId, fence: 1 }), { diskId: missingIds, fence: [...versions, null] }],
  [
    'createSnapshot',
    () => ({ diskId: ids.diskId }),
    {
      diskId: missingIds,
      name: [...names, 'auto'],
      description: ['', 'x', 'https://x', 'x'.repeat(257), 5],
      retentionDays: [0, -1, 65537, 1.5, '1', 2 ** 31],
      tags,
      clientToken: BAD_TOKENS,
    },
  ],
  [
    'copySnapshot',
    () => ({ snapshotId: ids.snapshotId, toRegion: OTHER_REGION }),
    {
      snapshotId: missingIds,
      toRegion: [REGION, '', 'nowhere', 5, null],
      name: [...names, 'automatic'],
      description: ['', 'x', 'https://x', 'x'.repeat(257), 5],
      retentionDays: [0, -1, 65537, 1.5, '1', 2 ** 31],
      tags,
      clientToken: BAD_TOKENS,
    },
  ],
  [
    'exportImage',
    () => ({ imageId: ids.imageId }),
    {
      imageId: missingIds,
      format: ['VHD', null, 5],
      bucket: ['', 'somebody-elses', 's3://x', 5],
      clientToken: BAD_TOKENS,
    },
  ],
  [
    'importImage',
    () => ({ from: { key: `imports/${account.id}/disk.img` } }),
    {
      region: ['', 'nowhere', 5],
      from: [
        ...['', 'objects/d/a', 'imports/other/disk.img', 'https://x/y', 5, null].map((key) => ({ key })),
        ...['', 'somebody-elses', 's3://x', 5].map((bucket) => ({ key: 'imports/x/a', bucket })),
        {},
        null,
      ],
      format: ['VDI', 5],
      name: names,
      description: ['', 'x', 'https://x', 'x'.repeat(257), 5],
      diskKind: ['FLOPPY', null, 5],
      tags,
      clientToken: BAD_TOKENS,
    },
  ],
  ['cancelImageImport', () => ({ importId: 'im-00000000000000000000' }), { importId: missingIds }],
  ['cancelImageExport', () => ({ exportId: 'x-00000000000000000000' }), { exportId: missingIds }],
  ['cancelCopy', () => ({ snapshotId: ids.snapshotId }), { snapshotId: missingIds }],
  [
    'updateSnapshot',
    () => ({ snapshotId: ids.snapshotId }),
    {
      snapshotId: missingIds,
      name: [...names, 'AUTO'],
      description: ['', 'x', 'http://x', 5],
      tags,
      ...singleTags,
    },
  ],
  ['pinSnapshot', () => ({ snapshotId: ids.snapshotId }), { snapshotId: missingIds }],
  ['unpinSnapshot', () => ({ snapshotId: ids.snapshotId }), { snapshotId: missingIds }],
  [
    'setSnapshotRetention',
    () => ({ snapshotId: ids.snapshotId }),
    { snapshotId: missingIds, retentionDays: [0, -1, 65537, 1.5, '1', 2 ** 31] },
  ],
  ['setTrashRetention', () => ({ hours: 0 }), { hours: [-1, 8761, 1.5, '1', 2 ** 31, null] }],
  ['restoreTrash', () => ({ ids: [ids.diskId] }), { ids: idLists(21) }],
  ['purgeTrash', () => ({ ids: [ids.diskId] }), { ids: idLists(101) }],
  [
    'deleteSnapshots',
    () => ({ snapshotIds: [ids.snapshotId] }),
    {
      snapshotIds: [[], Array.from({ length: 101 }, (_, at) => `s-${at}`), ['s-1', 's-1'], null, [null]],
      force: [null, 'yes'],
    },
  ],
  [
    'reportDamage',
    () => ({ source: ids.diskId, blocks: [{ index: 0, id: HASH }] }),
    {
      source: missingIds,
      blocks: [
        [],
        Array.from({ length: 65 }, () => ({ index: 0, id: HASH })),
        [{ index: -1, id: HASH }],
        [{ index: 2 ** 40, id: HASH }],
        [{ index: 0, id: 'A'.repeat(64) }],
        [{ index: 0, id: '' }],
      ],
    },
  ],
  [
    'prepareUpload',
    () => ({ target: ids.diskId, objects: [{ id: HASH }] }),
    {
      target: missingIds,
      objects: [
        [],
        Array.from({ length: 1025 }, () => ({ id: HASH })),
        [{ id: 'A'.repeat(64) }],
        [{ id: '' }],
        [{}],
        null,
        ...[0, -1, 2 ** 31 - 1, 1.5].map((sizeBytes) => [{ id: HASH, stored: { sizeBytes, sha256: HASH } }]),
        [{ id: HASH, stored: { sizeBytes: 1, sha256: 'xyz' } }],
        [{ id: HASH, stored: { sizeBytes: 524_288, sha256: 'f'.repeat(64) } }],
      ],
    },
  ],
  [
    'commitBlocks',
    () => ({ target: ids.diskId, expectedVersion: 0 }),
    {
      target: missingIds,
      expectedVersion: [...versions, null],
      writes: [
        Array.from({ length: 1025 }, (_, index) => ({ index, id: HASH })),
        [{ index: -1, id: HASH }],
        [{ index: 2048, id: HASH }],
        [{ index: 0, id: 'x' }],
        [
          { index: 0, id: HASH },
          { index: 0, id: HASH },
        ],
        [{ index: 0.5, id: HASH }],
        null,
      ],
      trims: [
        Array.from({ length: 1025 }, () => ({ start: 0, count: 1 })),
        [{ start: -1, count: 1 }],
        [{ start: 0, count: 0 }],
        [{ start: 2048, count: 1 }],
        [{ start: 1, count: 2048 }],
        null,
      ],
      fence: versions,
    },
  ],
  [
    'openDraft',
    () => ({ diskId: ids.diskId, expectedVersion: 0 }),
    {
      diskId: missingIds,
      expectedVersion: [...versions, null],
      fence: versions,
      forReading: [null, 'yes'],
      label: ['', 'x'.repeat(257), 5],
      clientToken: BAD_TOKENS,
    },
  ],
  [
    'commitDraft',
    () => ({ draftId: ids.draftId }),
    {
      draftId: missingIds,
      fence: versions,
      unreadable: [
        5,
        {},
        { ranges: [{ offsetBytes: -1, lengthBytes: 1 }] },
        { ranges: [{ offsetBytes: 0, lengthBytes: 0 }] },
        { ranges: [{ offsetBytes: 0, lengthBytes: 2 ** 50 }] },
        { ranges: [], moreRanges: 1 },
      ],
    },
  ],
  ['discardDraft', () => ({ draftId: ids.draftId }), { draftId: missingIds }],
  [
    'openSnapshotService',
    () => ({ acceptedTerms: '2026-01' }),
    { region: ['', 'nowhere'], acceptedTerms: ['', LONG, 5, null] },
  ],
  ['createConsoleLink', () => ({}), { seconds: [0, 61, 1.5, '1'] }],
  [
    'createApiKey',
    () => ({ name: 'robot', role: 'VIEWER' }),
    {
      name: names,
      role: ['ROOT', null],
      regions: [[], ['nowhere'], [''], 5],
      expiresAt: ['2001-01-01T00:00:00Z', 'x'],
      clientToken: BAD_TOKENS,
    },
  ],
  ['revokeApiKey', () => ({ apiKeyId: '0'.repeat(16) }), { apiKeyId: [...missingIds, '0'.repeat(16)] }],
  [
    'setQuota',
    () => ({ kind: 'POLICIES', limit: 5 }),
    { region: ['', 'nowhere'], kind: ['VOLUMES', null], limit: [-1, 101, 1.5, null] },
  ],
  [
    'setRecoveryPointObjective',
    () => ({ diskId: ids.diskId, hours: 24 }),
    {
      diskId: missingIds,
      hours: [0, -1, 87_601, 1.5, '1', 2 ** 31],
      exempt: [true, null, 'yes'], // true: together with hours
      region: [REGION, '', 'nowhere', 5],
      tag: [{ key: 'a', value: 'b' }, {}, 5],
    },
  ],
  ...machineRows(() => ids),
  ...policyRows(() => ids),
  ...webhookRows(() => ids),
];

/** The least that a payload can be asked for. */
const QUERY = (operation: string, type: string) =>
  `mutation ($input: ${type}!) { ${operation}(input: $input) { __typename } }`;
const mutations = buildSchema(sdl).getMutationType()?.getFields() ?? {};

function typeOf(operation: string): string {
  const type = mutations[operation]?.args[0]?.type;
  if (!isNonNullType(type)) throw new Error(`${operation} has no input`);
  return type.ofType.toString();
}

test('every mutation and each of its fields is in the table', () => {
  const table = Object.fromEntries(ROWS.map(([operation, , fields]) => [operation, Object.keys(fields).sort()]));
  const schema = buildSchema(sdl);
  const expected = Object.keys(mutations).map((operation) => {
    const type = schema.getType(typeOf(operation)) as unknown as { getFields(): Record<string, unknown> };
    return [operation, Object.keys(type.getFields()).sort()];
  });
  expect(table).toEqual(Object.fromEntries(expected));
});

describe.each(ROWS)('%s', (operation, good, fields) => {
  const cases = Object.entries(fields).flatMap(([field, values]) => values.map((value) => [field, value] as const));
  test.each(cases.map(([field, value]) => [field, JSON.stringify(value)?.slice(0, 60), value]))(
    '%s: %s',
    async (field, _, value) => {
      const input = { ...good(), [field as string]: value };
      const { extensions } = await account.refusal(QUERY(operation, typeOf(operation)), { input });
      if (extensions.code === 'NotFound') {
        expect(field).toMatch(/Id$|^target$|^source$/);
        return;
      }
      expect(extensions.code).toBe('InvalidParameter');
      // A prepaid disk without its end names that.
      const named = field === 'chargeType' && value === 'PREPAID' ? 'expiresAt' : field;
      expect(String(extensions.field).split('.')[0]).toBe(named);
    },
  );
});

test('nothing of all this was a fault of the service', async () => {
  expect(api.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
});
