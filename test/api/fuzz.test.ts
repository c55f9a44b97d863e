import { randomUUID } from 'node:crypto';
import { buildSchema } from 'graphql';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { mapBounded } from '../../src/platform/bounded.ts';
import { ERROR_CODES } from '../../src/platform/errors.ts';
import { type Answer, createTestApi, post, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { HASH } from '../support/bad-values.ts';
import { blockOf, writeBlocks } from '../support/blocks.ts';
import { exportImage } from '../support/exports.ts';
import { hostileValues } from '../support/hostile-values.ts';
import { importImage } from '../support/imports.ts';
import { createImage, createInstance } from '../support/instances.ts';
import { createDisk, createSnapshot, GIB, releaseDisk } from '../support/operations.ts';
import { createPolicy } from '../support/policies.ts';
import {
  type GeneratedOperation,
  leafKind,
  likelyMember,
  operationsOf,
  type Place,
  type Sample,
  withValue,
} from '../support/schema-inputs.ts';
import { createWebhook } from '../support/webhooks.ts';

/** Calls at the same time: enough to keep the engines busy. */
const IN_FLIGHT = 16;
const SECRET = 'victim-secret';

interface Things {
  readonly account: TestAccount;
  /** An id of each kind, by the names that fields and arguments have for them. */
  readonly ids: Readonly<Record<string, string>>;
}

let api: TestApi;
let attacker: Things;
let victim: Things;

beforeAll(async () => {
  api = await createTestApi();
  [attacker, victim] = [await things('own'), await things(SECRET)];
});
afterAll(() => api.close());

/** An account with one of everything, all of it named so that it is known again. */
async function things(name: string): Promise<Things> {
  const account = await api.createAccount({ trashHours: 'default' });
  const tags = [{ key: name, value: name }];
  const policy = await createPolicy(account, { name, tags });
  const disk = await createDisk(account, { name, tags, policyId: policy.id, clientToken: `${name}-token` });
  await writeBlocks(account, disk.id, 0, { 0: blockOf(name) });
  const snapshot = await createSnapshot(account, disk.id, { name, description: name, tags });
  const instance = await createInstance(account, { name, tags, start: false });
  const image = await createImage(account, snapshot.id, { name, tags });
  const made = async (text: string, input: object): Promise<Told> =>
    Object.values(await account.call(text, { input }))[0];
  const { draft } = await made('mutation ($input: OpenDraftInput!) { openDraft(input: $input) { draft { id } } }', {
    diskId: disk.id,
    expectedVersion: 1,
    label: name,
  });
  const { scrub } = await made(
    'mutation ($input: StartScrubInput!) { startScrub(input: $input) { scrub { id } } }',
    {},
  );
  const { apiKey } = await made(
    'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { id } } }',
    {
      name,
      role: 'VIEWER',
    },
  );
  const { diskId: trashItemId, job } = await releaseDisk(account, (await createDisk(account, { name })).id);
  const { id: exportId } = await exportImage(account, image.id);
  const { id: importId } = await importImage(account, { key: `imports/${account.id}/a.img` });
  const { id: webhookId } = await createWebhook(account, { url: 'https://example.com/' });
  const ids = {
    webhookId,
    exportId,
    trashItemId,
    imageExportId: exportId,
    importId,
    imageImportId: importId,
    diskId: disk.id,
    snapshotId: snapshot.id,
    policyId: policy.id,
    instanceId: instance.id,
    imageId: image.id,
    draftId: draft.id,
    scrubId: scrub.id,
    apiKeyId: apiKey.id,
    jobId: job.id,
    systemDiskId: instance.systemDisk.id,
    accountId: account.id,
  };
  return { account, ids };
}

/**
 * Names that say a kind in another way. What is not here and not in the ids is taken for a disk.
 */
const KINDS: Readonly<Record<string, string>> = {
  fromSnapshotId: 'snapshotId',
  toSnapshotId: 'snapshotId',
  snapshotIds: 'snapshotId',
  accountIds: 'accountId',
  node: 'diskId',
};
const WHOLE: Readonly<Record<string, number>> = {
  sizeBytes: GIB,
  expectedVersion: 0,
  index: 0,
  start: 0,
  hours: 0,
  limit: 100,
};
const TEXT: Readonly<Record<string, string>> = { acceptedTerms: '2026-01', sha256: HASH, key: 'k', month: '2026-01' };

const sample: Sample = ({ name, type, operation, needed, path }) => {
  if (!needed && name !== 'sizeBytes') return undefined;
  switch (leafKind(type)) {
    case 'ID':
      if (name === 'id' && path.length > 2) return HASH;
      return idFor(attacker, name === 'id' ? `${operation}Id` : name);
    case 'String':
      return TEXT[name] ?? 'fuzz';
    case 'Boolean':
      return false;
    case 'DateTime':
      return '2030-01-01T00:00:00Z';
    case 'enum':
      return hostileValues({ name, type, path }, undefined)[0];
    default:
      return WHOLE[name] ?? 1;
  }
};

function idFor({ ids }: Things, name: string): string {
  return ids[name] ?? ids[KINDS[name] ?? ''] ?? (ids.diskId as string);
}

const schema = buildSchema(sdl);
const PAGE_LENGTH = { first: 5 };

async function call(operation: GeneratedOperation, variables: object): Promise<Answer> {
  return post(api.invoke, attacker.account.key, operation.text, variables);
}

/** The base of an operation, with short pages. */
function baseOf({ base }: GeneratedOperation): Record<string, unknown> {
  return { ...base, ...('first' in base ? PAGE_LENGTH : {}) };
}

interface Attack {
  readonly operation: GeneratedOperation;
  readonly place: Place;
  readonly value: unknown;
}

/**
 * Nothing but codes that callers are told of, and no word of the victim that the attacker cannot
 * know.
 */
function judge({ operation, place, value }: Attack, answer: Answer, words: readonly string[]): string[] {
  const what = `${operation.name} ${place.path.join('.')} = ${String(JSON.stringify(value)).slice(0, 60)}`;
  const told = (answer.errors ?? []).map(({ extensions }) => extensions.code);
  const faults = told.filter((code) => code === 'Internal' || !(code in ERROR_CODES));
  const text = JSON.stringify(answer);
  const leaked = words.filter((word) => text.includes(word));
  if (answer.status >= 500) faults.push(`status ${answer.status}`);
  return [...faults.map((fault) => `${what}: ${fault}`), ...leaked.map((word) => `${what}: tells ${word}`)];
}

/** `words`: what the attacker cannot know. */
async function attack(attacks: readonly Attack[], words: readonly string[]): Promise<string[]> {
  const found = await mapBounded(attacks, IN_FLIGHT, async (one) => {
    const variables = withValue(baseOf(one.operation), one.place.path, one.value) as object;
    return judge(one, await call(one.operation, variables), words);
  });
  return found.flat();
}

const victimSees = async (): Promise<string> => {
  const lists = `{ disks { nodes { id name version policy { id } tags { value } } } snapshots { nodes { id name } } instances { nodes { id name status } }
    images { nodes { id name sharedWith } } policies { nodes { id name status diskCount } } apiKeys { nodes { id revokedAt } } quotas { kind limit used } }`;
  return JSON.stringify(await victim.account.call(lists));
};

/**
 * An account that an image is shared with has to exist, so this place shows whether it does. How
 * often it shows that is limited (docs/threat-model.md).
 */
const TELLS_OF_ACCOUNTS = 'accountIds';

describe('whatever stands in any place of any operation', () => {
  test('every operation has a base, most of which are answered', async () => {
    const operations = operationsOf(schema, sample);
    const queries = operations.filter(({ kind }) => kind === 'query');
    const answers = await mapBounded(queries, IN_FLIGHT, async (operation) => ({
      name: operation.name,
      codes: ((await call(operation, baseOf(operation))).errors ?? []).map(({ extensions }) => extensions.code),
    }));
    expect(answers.filter(({ codes }) => codes.length > 0)).toEqual([]);
    expect(operations.flatMap(({ places }) => places).length).toBeGreaterThan(300);
  });

  test('only codes of the registry, no fault, nothing of another account', async () => {
    const before = await victimSees();
    const attacks = operationsOf(schema, sample).flatMap((operation) =>
      operation.places.flatMap((place) =>
        hostileValues(place, likelyMember(place, operation.name, sample)).map(
          (value): Attack => ({ operation, place, value }),
        ),
      ),
    );
    expect(await attack(attacks, [SECRET, ...Object.values(victim.ids)])).toEqual([]);
    expect(api.log.filter((line) => line.includes('"level":"error"'))).toEqual([]);
    expect(await victimSees()).toBe(before);
  }, 480_000);

  test('1.1: another account’s ids are answered as ids that never were, in every place that takes one', async () => {
    const before = await victimSees();
    // One after the other: some change the same object.
    const differences = await mapBounded(operationsOf(schema, sample), 1, async (operation) => {
      const found: string[] = [];
      for (const place of operation.places.filter(({ type }) => leafKind(type) === 'ID')) {
        if (place.path.includes(TELLS_OF_ACCOUNTS)) continue;
        for (const value of Object.values(victim.ids)) found.push(...(await difference({ operation, place, value })));
      }
      return found;
    });
    expect(differences.flat()).toEqual([]);
    expect(await victimSees()).toBe(before);
  }, 600_000);
});

/** How the answer for an id of the victim's differs from that for one that never was. */
async function difference(one: Attack & { readonly value: string }): Promise<string[]> {
  const { operation, place, value } = one;
  const never = neverWas(value);
  const ask = (id: string) => call(operation, withValue(baseOf(operation), place.path, id) as object);
  const [theirs, none] = [await ask(value), await ask(never)];
  const [a, b] = [theirs, none].map((answer) => blind(JSON.stringify(answer), [value, never]));
  const differs = a === b ? [] : [`${operation.name} ${place.path.join('.')} = ${value}: ${a} / ${b}`];
  return [...judge(one, theirs, [SECRET]), ...differs];
}

/** An id of the same form that nobody has. */
function neverWas(id: string): string {
  const [prefix = ''] = id.split('-');
  if (prefix === 'acc') return `acc-${randomUUID()}`;
  // A key's id is hexadecimal: with a letter in front it has the form of an account's.
  return id.includes('-') ? `${prefix}-${'0'.repeat(20)}` : id.replaceAll(/\d/g, '0').replaceAll(/[a-f]/g, 'a');
}

/** Without the id that was asked for, and without what differs from call to call. */
function blind(text: string, ids: readonly string[]): string {
  const asked = ids.reduce((rest, id) => rest.replaceAll(id, 'ID'), text);
  return asked
    .replaceAll(/"requestId":"[^"]*"/g, '')
    .replaceAll(/"sharedWith":\[[^\]]*\]/g, '') // what the attacker has said before
    .replaceAll(/[a-z]{1,2}-[0-9a-hjkmnp-tv-z]{20}/g, 'OTHER')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
}
