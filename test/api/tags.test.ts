import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestApi, type TestAccount, type TestApi } from '../support/api.ts';
import { CREATE_IMAGE, CREATE_INSTANCE } from '../support/instances.ts';
import { createDisk, createSnapshot, GIB } from '../support/operations.ts';
import { CREATE_POLICY } from '../support/policies.ts';

let api: TestApi;
let account: TestAccount;
const ids: Record<string, string> = {};

beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
  const disk = await createDisk(account);
  const snapshot = await createSnapshot(account, disk.id);
  const make = async (kind: string, mutation: string, input: object) => {
    const [made] = Object.values<Record<string, { id: string }>>(await account.call(mutation, { input }));
    ids[kind] = made?.[kind]?.id ?? '';
  };
  Object.assign(ids, { disk: disk.id, snapshot: snapshot.id });
  await make('image', CREATE_IMAGE, { snapshotId: snapshot.id, name: 'golden' });
  await make('policy', CREATE_POLICY, { name: 'nightly', hours: [2], weekdays: [1] });
  await make('instance', CREATE_INSTANCE, { name: 'web', systemDisk: { sizeBytes: GIB } });
});
afterAll(() => api.close());

const KINDS = ['Disk', 'Snapshot', 'Image', 'Policy', 'Instance'] as const;
type Kind = (typeof KINDS)[number];

interface Change {
  readonly tags?: readonly object[];
  readonly addTags?: readonly object[];
  readonly removeTags?: readonly string[];
}

function request(kind: Kind, change: Change) {
  const noun = kind.toLowerCase();
  const query = `mutation ($input: Update${kind}Input!) {
    update${kind}(input: $input) { ${noun} { tags { key value } } }
  }`;
  return { query, noun, input: { [`${noun}Id`]: ids[noun], ...change } };
}

/** Its tags after the change, as `key=value`. */
async function update(kind: Kind, change: Change): Promise<string[]> {
  const { query, noun, input } = request(kind, change);
  const answer = await account.call(query, { input });
  const { tags } = answer[`update${kind}`][noun];
  return tags.map(({ key, value }: { key: string; value: string }) => `${key}=${value}`);
}

async function refusal(kind: Kind, change: Change): Promise<unknown> {
  const { query, input } = request(kind, change);
  return (await account.refusal(query, { input })).extensions;
}

const numbered = (count: number, prefix = 't') =>
  Array.from({ length: count }, (_, at) => ({ key: `${prefix}${String(at).padStart(2, '0')}`, value: '' }));

describe.each(KINDS)('2.1, 3.1, 4.1, 5.1, 6.1: single tags of a %s', (kind) => {
  test('are added, changed and removed, and the others stay', async () => {
    await update(kind, {
      tags: [
        { key: 'stage', value: 'test' },
        { key: 'team', value: 'web' },
      ],
    });
    expect(await update(kind, { addTags: [{ key: 'owner', value: 'ann' }] })).toEqual([
      'owner=ann',
      'stage=test',
      'team=web',
    ]);
    expect(await update(kind, { addTags: [{ key: 'team', value: 'db' }], removeTags: ['owner', 'absent'] })).toEqual([
      'stage=test',
      'team=db',
    ]);
    expect(await update(kind, { addTags: [], removeTags: [] })).toEqual(['stage=test', 'team=db']);
  });

  test('changes at the same moment all count', async () => {
    await update(kind, {
      tags: [
        { key: 'a', value: '' },
        { key: 'b', value: '' },
        { key: 'c', value: '' },
      ],
    });
    await Promise.all([
      update(kind, { removeTags: ['a'] }),
      update(kind, { removeTags: ['b'] }),
      update(kind, { addTags: [{ key: 'd', value: '' }] }),
      update(kind, { addTags: [{ key: 'e', value: '' }] }),
    ]);
    expect(await update(kind, { addTags: [] })).toEqual(['c=', 'd=', 'e=']);
  });

  test('are refused beside a complete list, beyond the limit, and with two meanings', async () => {
    const one = [{ key: 'x', value: '' }];
    await update(kind, { tags: numbered(50) });
    const invalid = (field: string) => expect.objectContaining({ code: 'InvalidParameter', field });
    expect(await refusal(kind, { tags: one, addTags: one })).toEqual(invalid('addTags'));
    expect(await refusal(kind, { tags: one, removeTags: ['x'] })).toEqual(invalid('removeTags'));
    expect(await refusal(kind, { addTags: one, removeTags: ['x'] })).toEqual(invalid('removeTags.0'));
    expect(await refusal(kind, { addTags: one })).toEqual(invalid('addTags'));
    expect(await refusal(kind, { addTags: numbered(51) })).toEqual(invalid('addTags'));
    expect(await refusal(kind, { removeTags: numbered(51).map(({ key }) => key) })).toEqual(invalid('removeTags'));
    expect(await refusal(kind, { removeTags: [''] })).toEqual(invalid('removeTags.0'));
    expect(await update(kind, { addTags: one, removeTags: ['t00'] })).toHaveLength(50);
  });
});
