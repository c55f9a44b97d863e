import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema, getIntrospectionQuery, isObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { ensureLocalAdmin } from '../../src/local/local-admin.ts';
import { NoSpaceError } from '../../src/platform/errors.ts';
import { MUTATION_ROLES, QUERY_ROLES } from '../../src/service/api/permissions.ts';
import { aliases } from '../support/aliases.ts';
import { createTestApi, eventOf, OTHER_REGION, post, REGION, type TestAccount, type TestApi } from '../support/api.ts';
import { CREATE_DISK, createDisk, GIB } from '../support/operations.ts';

const CREATE_KEY = `mutation ($input: CreateApiKeyInput!) {
  createApiKey(input: $input) { apiKey { id name role regions createdAt expiresAt revokedAt } secret }
}`;
const REVOKE = 'mutation ($input: RevokeApiKeyInput!) { revokeApiKey(input: $input) { apiKey { id revokedAt } } }';
const VIEWER = '{ viewer { role account { id name } apiKey { id name } } }';
const HOUR_MS = 3_600_000;

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

const createKey = async (input: object) =>
  (await account.call(CREATE_KEY, { input: { name: 'robot', role: 'OPERATOR', ...input } })).createApiKey;

describe('credentials', () => {
  test.each([
    ['none', undefined],
    ['nonsense', 'nonsense'],
    ['a key that was never made', `vk_${'0'.repeat(16)}_${'0'.repeat(64)}`],
  ])('%s: 401, one answer for all', async (_, key) => {
    const { status, data, errors } = await post(api.invoke, key, VIEWER);
    expect(status).toBe(401);
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      { message: expect.any(String), extensions: { code: 'Unauthenticated', requestId: expect.any(String) } },
    ]);
  });

  test('a key with another secret, revoked or past its end is not valid any more', async () => {
    const expiresAt = new Date(api.clock.now() + HOUR_MS).toISOString();
    const { secret, apiKey } = await createKey({ expiresAt });
    expect((await account.call(VIEWER, {}, secret)).viewer).toEqual({
      role: 'OPERATOR',
      account: { id: account.id, name: 'Test' },
      apiKey: { id: apiKey.id, name: 'robot' },
    });
    const forged = secret.replace(/.$/, (last: string) => (last === '0' ? '1' : '0'));
    expect((await post(api.invoke, forged, VIEWER)).status).toBe(401);
    api.clock.advance(HOUR_MS);
    expect((await post(api.invoke, secret, VIEWER)).status).toBe(401);
    const { secret: second, apiKey: other } = await createKey({});
    for (let time = 0; time < 2; time++) await account.call(REVOKE, { input: { apiKeyId: other.id } });
    expect((await post(api.invoke, second, VIEWER)).status).toBe(401);
  });

  test('neither the catalogue nor the log holds a secret; keys are listed without them', async () => {
    const { secret, apiKey } = await createKey({});
    const list = await account.call('{ apiKeys(first: 100) { nodes { id name role } } }');
    expect(list.apiKeys.nodes).toContainEqual({ id: apiKey.id, name: 'robot', role: 'OPERATOR' });
    expect(JSON.stringify([list, api.log])).not.toContain(secret.split('_')[2]);
    const stranger = await api.createAccount();
    expect((await stranger.refusal(REVOKE, { input: { apiKeyId: apiKey.id } })).extensions.code).toBe('NotFound');
  });

  test('a key limited to a region sees nothing elsewhere, and makes no wider keys', async () => {
    const here = await createDisk(account);
    const there = await createDisk(account, { region: OTHER_REGION });
    const key = await account.createKey('ADMIN', [OTHER_REGION]);
    const disk = 'query ($id: ID!) { disk(id: $id) { id } node(id: $id) { id } }';
    expect((await account.call(disk, { id: there.id }, key)).disk.id).toBe(there.id);
    expect((await account.refusal(disk, { id: here.id }, key)).extensions.code).toBe('NotFound');
    expect((await account.call('{ regions { name } }', {}, key)).regions).toEqual([{ name: OTHER_REGION }]);
    expect((await account.call(CREATE_DISK, { input: { sizeBytes: GIB } }, key)).createDisk.disk.region).toBe(
      OTHER_REGION,
    );
    const refusal = await account.refusal(CREATE_DISK, { input: { sizeBytes: GIB, region: REGION } }, key);
    expect(refusal.extensions).toMatchObject({ code: 'InvalidParameter', field: 'region' });
    const wider = await account.refusal(
      CREATE_KEY,
      { input: { name: 'wider', role: 'VIEWER', regions: [REGION] } },
      key,
    );
    expect(wider.extensions).toMatchObject({ code: 'InvalidParameter', field: 'regions.0' });
    const narrow = await account.call(CREATE_KEY, { input: { name: 'narrow', role: 'VIEWER' } }, key);
    expect(narrow.createApiKey.apiKey.regions).toEqual([OTHER_REGION]);
  });

  test('the local administrator: made once, mode 0600, mended when its rows are gone', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'varve-key-'));
    try {
      const keyFile = join(directory, 'admin-key');
      const options = { catalogue: api.catalogue, clock: api.clock, random: randomBytes, keyFile };
      await ensureLocalAdmin(options);
      const key = (await readFile(keyFile, 'utf8')).trim();
      expect((await stat(keyFile)).mode & 0o777).toBe(0o600);
      expect((await account.call(VIEWER, {}, key)).viewer).toMatchObject({ role: 'ADMIN', account: { id: 'local' } });
      await ensureLocalAdmin(options);
      expect((await readFile(keyFile, 'utf8')).trim()).toBe(key);
      const fresh = await createTestApi();
      try {
        await ensureLocalAdmin({ ...options, catalogue: fresh.catalogue });
        expect((await post(fresh.invoke, key, VIEWER)).data.viewer.role).toBe('ADMIN');
      } finally {
        await fresh.close();
      }
    } finally {
      await rm(directory, { recursive: true });
    }
  });
});

describe('roles', () => {
  test('a viewer changes nothing, an operator administers nothing', async () => {
    const id = 'd-00000000000000000000';
    const viewer = await account.createKey('VIEWER');
    const operator = await account.createKey('OPERATOR');
    const refusal = await account.refusal(
      'mutation ($id: ID!) { releaseDisk(input: { diskId: $id }) { diskId } }',
      { id },
      viewer,
    );
    expect(refusal.extensions).toMatchObject({ code: 'Forbidden', needed: 'OPERATOR', role: 'VIEWER' });
    expect((await account.refusal('{ apiKeys { nodes { id } } }', {}, operator)).extensions.code).toBe('Forbidden');
    expect(
      (await account.refusal(CREATE_KEY, { input: { name: 'mighty', role: 'ADMIN' } }, operator)).extensions.code,
    ).toBe('Forbidden');
    expect((await account.call('{ disks { nodes { id } } }', {}, viewer)).disks.nodes).toBeInstanceOf(Array);
  });

  test('the tables name every operation of the schema', () => {
    const schema = buildSchema(sdl);
    const fields = (type: ReturnType<typeof schema.getQueryType>) => Object.keys(type?.getFields() ?? {}).sort();
    expect(Object.keys(QUERY_ROLES).sort()).toEqual(fields(schema.getQueryType()));
    expect(Object.keys(MUTATION_ROLES).sort()).toEqual(fields(schema.getMutationType()));
  });
});

describe('limits', () => {
  const codeOf = async (query: string, variables = {}) => (await account.refusal(query, variables)).extensions.code;

  test('the introspection of the usual tools is allowed', async () => {
    const { __schema } = await account.call(getIntrospectionQuery());
    expect(__schema.types.length).toBeGreaterThan(50);
  });

  test('a page of 1000 snapshots with what one looks at is allowed', async () => {
    const query =
      '{ snapshots(first: 1000) { nodes { id name sourceDisk { id disk { id } } sizes { ownBytes } tags { key } } } }';
    expect((await account.call(query)).snapshots.nodes).toBeInstanceOf(Array);
  });

  test('too deep, too many operations, too costly: refused before anything is read', async () => {
    const deep = `{ disks { nodes { ${'chain { disk { '.repeat(8)} id ${'} }'.repeat(8)} } } }`;
    const many = `{ ${aliases(21, 'regions { name }')} }`;
    const hidden = `query { ...f } fragment f on Query { ${aliases(21, 'regions { name }')} }`;
    const costly =
      'query ($first: Int!) { disks(first: $first) { nodes { chain { nodes(first: 1000) { nodes { snapshot { id } } } } } } }';
    const spread = `query ($ids: [ID!]!) { nodes(ids: $ids) { ...d } } fragment d on Disk { chain { ...c } }
      fragment c on Chain { nodes(first: 1000) { ...n } } fragment n on ChainNodeConnection { nodes { snapshot { id } } }`;
    const byDefault =
      'query ($first: Int = 1000) { disks(first: $first) { nodes { chain { nodes { nodes { snapshot { id } } } } } } }';
    expect(await codeOf(spread, { ids: Array.from({ length: 100 }, () => 'd-00000000000000000000') })).toBe(
      'QueryTooComplex',
    );
    expect(await codeOf(byDefault)).toBe('QueryTooComplex');
    expect(await codeOf(deep)).toBe('QueryTooComplex');
    expect(await codeOf(many)).toBe('QueryTooComplex');
    expect(await codeOf(hidden)).toBe('QueryTooComplex');
    expect(await codeOf(costly, { first: 1000 })).toBe('QueryTooComplex');
  });

  test('fragments that unfold to more fields than could ever be counted are refused', async () => {
    const levels = Array.from({ length: 12 }, (_, at) => `fragment f${at} on Query { ${`...f${at + 1} `.repeat(10)} }`);
    const bomb = `query { ...f0 } ${levels.join(' ')} fragment f12 on Query { __typename }`;
    expect(['QueryTooComplex', 'GRAPHQL_VALIDATION_FAILED']).toContain(await codeOf(bomb));
  });
});

describe('errors', () => {
  test('carry code, extras, path and the request id that the log and a header have; never a stack', async () => {
    const id = 'd-00000000000000000000';
    const query = 'query ($id: ID!) { disk(id: $id) { id } }';
    const event = eventOf(account.key, JSON.stringify({ query, variables: { id } }));
    const { statusCode, headers, body } = await api.invoke(event);
    const { requestId } = event.requestContext;
    expect(statusCode).toBe(200);
    expect(headers['x-request-id']).toBe(requestId);
    expect(JSON.parse(body)).toEqual({
      data: { disk: null },
      errors: [
        {
          message: `Disk ${id} does not exist.`,
          locations: expect.any(Array),
          path: ['disk'],
          extensions: { code: 'NotFound', id, requestId },
        },
      ],
    });
  });

  test.each([undefined, 'offlineContext_resourceId'])('tell requests apart whose id is %s', async (given) => {
    const event = eventOf(account.key, JSON.stringify({ query: '{ disk(id: "none") { id } }' }));
    const ids = new Set<string>();
    for (const key of [account.key, account.key, 'nobody']) {
      const headers = { ...event.headers, authorization: `Bearer ${key}` };
      const requestContext = { ...event.requestContext, requestId: given };
      const answer = await api.invoke({ ...event, headers, requestContext });
      const { requestId } = JSON.parse(answer.body).errors[0].extensions;
      expect(answer.headers['x-request-id']).toBe(requestId);
      ids.add(requestId);
    }
    expect([ids.size, ids.has(given ?? '')]).toEqual([3, false]);
  });

  test('a fault of the service is Internal to the caller, a full store StorageFull, and both are in the log', async () => {
    const broken = await createTestApi();
    const owner = await broken.createAccount();
    Object.assign(broken.service.contents, { blocks: () => Promise.reject(new Error('password=hunter2')) });
    const disk = await createDisk(owner, { encrypted: true, snapshotId: null });
    const query = 'query ($input: BlockMapInput!) { blockMap(input: $input) { root } }';
    const refusal = await owner.refusal(query, { input: { source: disk.id } });
    expect(refusal.extensions).toEqual({ code: 'Internal', requestId: expect.any(String) });
    expect(JSON.stringify(refusal)).not.toContain('hunter2');
    const logged = broken.log
      .map((line) => JSON.parse(line))
      .find(({ requestId }) => requestId === refusal.extensions.requestId);
    expect(logged).toMatchObject({
      level: 'error',
      path: ['blockMap'],
      error: { message: 'password=hunter2', stack: expect.any(String) },
    });
    Object.assign(broken.service.contents, { blocks: () => Promise.reject(new NoSpaceError('PUT objects/x: 507')) });
    const full = await owner.refusal(query, { input: { source: disk.id } });
    expect(full.extensions).toEqual({ code: 'StorageFull', requestId: expect.any(String) });
    expect(broken.log.some((line) => line.includes('PUT objects/x: 507'))).toBe(true);
    await broken.close();
  });

  test('what is no query of this schema keeps the protocol’s own codes', async () => {
    expect((await account.refusal('{')).extensions.code).toBe('GRAPHQL_PARSE_FAILED');
    expect((await account.refusal('{ nonsense }')).extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
  });
});

test('over HTTP', async () => {
  const server = await api.startHttp();
  try {
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${account.key}` },
      body: JSON.stringify({ query: VIEWER }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: { viewer: { role: 'ADMIN' } } });
    expect((await fetch(server.url)).status).toBe(401);
  } finally {
    await server.close();
  }
});

test('every type, field, argument and enum value has a description', () => {
  const bare: string[] = [];
  for (const type of Object.values(buildSchema(sdl).getTypeMap())) {
    if (type.name.startsWith('__') || ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name)) continue;
    if (!type.description) bare.push(type.name);
    const members = 'getFields' in type ? Object.values(type.getFields()) : 'getValues' in type ? type.getValues() : [];
    for (const member of members) {
      if (!member.description) bare.push(`${type.name}.${member.name}`);
      if (!isObjectType(type) || !('args' in member)) continue;
      for (const argument of member.args)
        if (!argument.description) bare.push(`${type.name}.${member.name}(${argument.name})`);
    }
  }
  expect(bare).toEqual([]);
});
