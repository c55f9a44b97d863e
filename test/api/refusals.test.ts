import { buildSchema } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { plainText } from '../../src/cli/words/field-names.ts';
import { sdl } from '../../src/generated/sdl.ts';
import { camelCaseIn, rawBytesIn } from '../cli/plain-words.ts';
import { createTestApi, post, type TestAccount, type TestApi, type Told } from '../support/api.ts';
import { copyRefusalScenes } from '../support/copy-refusal-scenes.ts';
import { documentedRefusals } from '../support/documented-refusals.ts';
import { exportRefusalScenes } from '../support/export-refusal-scenes.ts';
import { importRefusalScenes } from '../support/import-refusal-scenes.ts';
import { leaseRefusalScenes } from '../support/lease-refusal-scenes.ts';
import { quotaRefusalScenes } from '../support/quota-refusal-scenes.ts';
import { refusalScenes, type Scenes } from '../support/refusal-scenes.ts';
import { operationsOf } from '../support/schema-inputs.ts';
import { trashRefusalScenes } from '../support/trash-refusal-scenes.ts';
import { webhookRefusalScenes } from '../support/webhook-refusal-scenes.ts';

/** Named by the description of what they refer to, and not to be met here. */
const NEVER_MET: Readonly<Record<string, string>> = {
  'rollbackDisk: SnapshotServiceNotOpened': 'a disk that has a snapshot has the service open, for good',
  'replaceSystemDisk: QuotaExceeded': "a disk that takes another's place is let in",
  'rollbackDisk: UnsupportedDiskCategory': 'a LOCAL disk has no snapshot to roll back to',
};

let api: TestApi;
let account: TestAccount;
beforeAll(async () => {
  api = await createTestApi();
  account = await api.createAccount();
});
afterAll(() => api.close());

/** Of all operations, whichever file has them. */
function allScenes(): Scenes {
  const all = [
    refusalScenes,
    leaseRefusalScenes,
    quotaRefusalScenes,
    copyRefusalScenes,
    exportRefusalScenes,
    importRefusalScenes,
    trashRefusalScenes,
    webhookRefusalScenes,
  ].map((scenes) => scenes(api, account));
  const names = new Set(all.flatMap((scenes) => Object.keys(scenes)));
  return Object.fromEntries([...names].map((name) => [name, Object.assign({}, ...all.map((scenes) => scenes[name]))]));
}

const schema = buildSchema(sdl);
const operations = new Map(operationsOf(schema, () => undefined).map((operation) => [operation.name, operation]));
const documented = documentedRefusals(schema).filter((pair) => NEVER_MET[pair] === undefined);

test('each code that a description names has its scene, and no other', () => {
  const scenes = Object.entries(allScenes());
  const played = scenes.flatMap(([operation, codes]) => Object.keys(codes).map((code) => `${operation}: ${code}`));
  expect(played.sort()).toEqual(documented.sort());
  expect(documentedRefusals(schema)).toEqual(expect.arrayContaining(Object.keys(NEVER_MET)));
});

test.each(documented)('%s', async (pair) => {
  const [operation = '', code = ''] = pair.split(': ');
  const scene = allScenes()[operation]?.[code];
  if (scene === undefined) throw new Error(`no scene for ${pair}`);
  const {
    input,
    extra,
    as = account,
    during = (work) => work().then(() => undefined),
    handle = api.invoke,
  } = await scene();
  let answer: Told;
  await during(async () => {
    answer = await post(handle, as.key, operations.get(operation)?.text ?? '', { input });
  });
  const refusal = answer.errors?.[0]?.extensions ?? (Object.values(answer.data)[0] as Told).results[0].error;
  expect(refusal).toMatchObject({ code, ...extra });
  // what the command line makes of it, even where no option gives the field
  const text = plainText(answer.errors?.[0]?.message ?? refusal.message, { options: [], args: [] });
  expect([text, ...camelCaseIn(text), ...rawBytesIn(text)]).toEqual([text]);
});
