import { randomUUID } from 'node:crypto';
import { buildSchema, isNonNullType } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { HOURLY } from '../../src/service/api/audited.ts';
import { MUTATION_ROLES } from '../../src/service/api/permissions.ts';
import type { RecordPlace } from '../../src/service/audit/recording-catalogue.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { accountEntity, apiKeyEntity } from '../../src/service/model/accounts/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { takeSnapshot } from '../../src/service/snapshots/create.ts';
import { createKeyOf, eventOf } from '../support/api.ts';
import { type AuditScene, auditScene } from '../support/audit-scene.ts';
import { ALLOWED, makeWith } from '../support/audited-mutations.ts';
import { MEMORY_ACCOUNT } from '../support/memory-service.ts';

const MUTATIONS = buildSchema(sdl).getMutationType()?.getFields() ?? {};
const typeOf = (mutation: string): string => MUTATIONS[mutation]?.args[0]?.type.toString() ?? '';
const textOf = (mutation: string): string =>
  `mutation ($i: ${typeOf(mutation)}) { ${mutation}(input: $i) { __typename } }`;

/** Of mutations that each role may call: what is refused all the same. */
const WRONG_FOR_ALL: Readonly<Record<string, { readonly input: object; readonly code: string }>> = {
  reportDamage: { input: { source: 'd-00000000000000000000' }, code: 'NotFound' },
  createConsoleLink: { input: { seconds: 61 }, code: 'InvalidParameter' },
};

/** Answers with the id of the request, by which its records are found. */
async function send({ handle }: AuditScene, key: string, query: string, variables: object = {}) {
  const event = eventOf(key, JSON.stringify({ query, variables }));
  const requestId = randomUUID();
  const http = { method: 'POST', sourceIp: '192.0.2.7' };
  const headers = { ...event.headers, 'user-agent': 'Test/1 \u001b[31m' };
  const { body } = await handle({ ...event, headers, requestContext: { requestId, http } });
  return { requestId, ...(JSON.parse(body) as { data?: Record<string, unknown>; errors?: unknown[] }) };
}

describe.each<RecordPlace>(['BEFORE', 'WITHIN'])('8.6: records are written %s', (place) => {
  let scene: AuditScene;
  beforeAll(async () => {
    scene = await auditScene(place);
    const friend = { id: 'friend', name: 'Friend', createdAt: '2026-01-01T00:00:00.000Z' };
    await scene.service.catalogue.transact([put(accountEntity, friend)]);
  });

  test.each(Object.keys(MUTATIONS))('8.6: %s that is allowed leaves a record', async (mutation) => {
    const input = await ALLOWED[mutation as keyof typeof ALLOWED](makeWith(scene.account, typeOf));
    scene.harness.clock.at += 3_600_000;

    const { requestId, errors } = await send(scene, scene.account.key, textOf(mutation), { i: input });

    const [record, ...more] = scene.records().filter((row) => row.requestId === requestId);
    expect(errors).toBeUndefined();
    expect(more.filter(({ outcome }) => outcome !== 'ALLOWED')).toEqual([]);
    expect(record).toMatchObject({
      accountId: MEMORY_ACCOUNT,
      actorKind: 'KEY',
      actor: scene.account.key.split('_')[1],
      action: mutation,
      outcome: 'ALLOWED',
      address: '192.0.2.7',
      userAgent: 'Test/1 ?[31m',
    });
    const named = Object.values(input)
      .flat()
      .filter((value) => /^[a-z]{1,2}-\w{20}$/.test(String(value)));
    expect(record?.subjects).toEqual(expect.arrayContaining(named));
    expect(scene.lines).toEqual([]);
  });

  test.each(Object.keys(MUTATIONS))('8.6: %s that is refused leaves a record with the code', async (mutation) => {
    const input = await ALLOWED[mutation as keyof typeof ALLOWED](makeWith(scene.account, typeOf));
    const isForAll = MUTATION_ROLES[mutation as keyof typeof MUTATION_ROLES] === 'VIEWER';
    const wrong = { ...input, ...WRONG_FOR_ALL[mutation]?.input };
    const key = await createKeyOf(scene.service, MEMORY_ACCOUNT, 'VIEWER');

    const { requestId } = await send(scene, key, textOf(mutation), { i: wrong });

    const records = scene.records().filter((row) => row.requestId === requestId);
    const code = isForAll ? WRONG_FOR_ALL[mutation]?.code : 'Forbidden';
    expect(records).toMatchObject([{ action: mutation, outcome: 'REFUSED', code, actor: key.split('_')[1] }]);
  });
});

test('every mutation takes one input, so the list above holds for it', () => {
  for (const { args } of Object.values(MUTATIONS)) {
    expect(args.map(({ name }) => name)).toEqual(['input']);
    expect(isNonNullType(args[0]?.type)).toBe(true);
  }
  expect(Object.keys(MUTATIONS)).toEqual(expect.arrayContaining([...HOURLY]));
});

describe('what records say', () => {
  test('8.6: a record names what was made, and what went with it', async () => {
    const scene = await auditScene();
    const make = makeWith(scene.account, typeOf);
    const diskId = await make.disk({ deleteAutoSnapshots: true });
    const auto = await takeSnapshot(
      scene.service,
      serviceCaller(MEMORY_ACCOUNT),
      { diskId, kind: 'AUTO', name: 'auto1', tags: [] },
      { operation: 'test', token: null },
    );

    const made = await send(scene, scene.account.key, textOf('createSnapshot'), { i: { diskId } });
    const released = await send(scene, scene.account.key, textOf('releaseDisk'), { i: { diskId } });

    const snapshot = scene.harness.catalogue.rows(snapshotEntity).find(({ kind }) => kind === 'MANUAL');
    expect(subjectsOf(scene, made.requestId)).toEqual([diskId, snapshot?.id]);
    expect(subjectsOf(scene, released.requestId)).toEqual(expect.arrayContaining([diskId, auto.id]));
  });

  test('8.6: of a batch, what was refused is told with its code', async () => {
    const scene = await auditScene();
    const make = makeWith(scene.account, typeOf);
    const [free, used] = [await make.snapshot(), await make.snapshot()];
    await make('createImage', { snapshotId: used }, 'image { id }');

    const snapshotIds = [free, used];
    const { requestId } = await send(scene, scene.account.key, textOf('deleteSnapshots'), { i: { snapshotIds } });

    const records = scene.records().filter((row) => row.requestId === requestId);
    expect(records.map(({ outcome, code, subjects }) => [outcome, code, subjects])).toEqual([
      ['ALLOWED', undefined, snapshotIds],
      ['REFUSED', 'SnapshotUsedByImage', [used]],
    ]);
  });

  test('8.6: nothing but ids of the arguments is recorded, and no header says where a call is from', async () => {
    const scene = await auditScene();
    const name = 'very-secret-name';
    const event = eventOf(
      scene.account.key,
      JSON.stringify({
        query: textOf('createApiKey'),
        variables: { i: { name, role: 'VIEWER', clientToken: 'secret-token' } },
      }),
    );
    const headers = { ...event.headers, 'x-forwarded-for': '203.0.113.9', forwarded: 'for=203.0.113.9' };
    await scene.handle({
      ...event,
      headers,
      requestContext: { ...event.requestContext, http: { method: 'POST', sourceIp: '192.0.2.7' } },
    });

    const [record] = scene.records();
    const [, , secret = ''] = scene.account.key.split('_');
    expect(record?.address).toBe('192.0.2.7');
    for (const text of [name, 'secret-token', secret, '203.0.113.9'])
      expect(JSON.stringify(scene.records())).not.toContain(text);
    const made = scene.harness.catalogue.rows(apiKeyEntity).find((row) => row.name === name);
    expect(record?.subjects).toEqual([made?.id]);
  });

  test('8.6: a mutation that is repeated leaves a record each time', async () => {
    const scene = await auditScene();
    await makeWith(scene.account, typeOf).disk();
    const before = scene.records().length;
    scene.harness.clock.at += 1;
    const input = { sizeBytes: 1_048_576, clientToken: 'once' };
    for (let times = 0; times < 2; times++) await send(scene, scene.account.key, textOf('createDisk'), { i: input });
    const later = scene.records().slice(before);
    expect(later.map(({ action, outcome }) => `${action} ${outcome}`)).toEqual([
      'createDisk ALLOWED',
      'createDisk ALLOWED',
    ]);
  });

  test('8.6: each mutation of one request has its record', async () => {
    const scene = await auditScene();
    await makeWith(scene.account, typeOf).disk();
    const query = `mutation { a: createDisk(input: {}) { __typename }
      b: createDisk(input: { sizeBytes: 1048576 }) { __typename } }`;
    const { requestId } = await send(scene, scene.account.key, query);
    const records = scene.records().filter((row) => row.requestId === requestId);
    expect(records.map(({ outcome, code }) => `${outcome} ${code}`).sort()).toEqual([
      'ALLOWED undefined',
      'REFUSED InvalidParameter',
    ]);
  });
});

describe('what comes at a high rate', () => {
  test('8.6: leaves one record an hour for each object and each way of ending', async () => {
    const scene = await auditScene();
    const make = makeWith(scene.account, typeOf);
    const input = await ALLOWED.prepareUpload(make);
    const prepare = async (times: number, target: object = {}) => {
      for (let time = 0; time < times; time++)
        await send(scene, scene.account.key, textOf('prepareUpload'), { i: { ...input, ...target } });
    };
    const recorded = () =>
      scene
        .records()
        .filter(({ action }) => action === 'prepareUpload')
        .map(({ outcome, code }) => `${outcome} ${code}`)
        .sort();

    await prepare(5);
    await prepare(3, { target: 'd-00000000000000000000' });
    expect(recorded()).toEqual(['ALLOWED undefined', 'REFUSED NotFound']);

    scene.harness.clock.at += 3_600_000;
    await prepare(2);
    expect(recorded()).toEqual(['ALLOWED undefined', 'ALLOWED undefined', 'REFUSED NotFound']);
  });
});

describe('who is not known', () => {
  test('8.6: leaves no record, whatever is sent: strangers do not fill the catalogue', async () => {
    const scene = await auditScene();
    const [, id] = scene.account.key.split('_');
    const before = writesOf(scene);
    for (const key of [`vk_${id}_${'0'.repeat(64)}`, `vk_${'0'.repeat(16)}_${'0'.repeat(64)}`, 'nonsense'])
      expect(await send(scene, key, textOf('createDisk'), { i: {} })).toMatchObject({
        errors: [{ extensions: { code: 'Unauthenticated' } }],
      });
    expect(writesOf(scene)).toEqual(before);
  });
});

const subjectsOf = (scene: AuditScene, requestId: string) =>
  scene.records().flatMap((row) => (row.requestId === requestId ? row.subjects : []));

const writesOf = ({ harness: { catalogue } }: AuditScene) =>
  catalogue.entities().map((entity) => `${entity.name} ${catalogue.rows(entity).length}`);
