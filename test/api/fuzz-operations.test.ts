import { buildSchema } from 'graphql';
import { expect, test } from 'vitest';
import { sdl } from '../../src/generated/sdl.ts';
import { ERROR_CODES, VarveError } from '../../src/platform/errors.ts';
import { createLog } from '../../src/platform/log.ts';
import { CURRENT_TERMS } from '../../src/service/accounts/snapshot-service.ts';
import { API_LIMITS, type ApiLimits } from '../../src/service/api/api-limits.ts';
import { createHandler } from '../../src/service/api/handler.ts';
import { accountOf, createKeyOf, eventOf, type TestAccount, type Told } from '../support/api.ts';
import { createEngineHarness } from '../support/engine-harness.ts';
import { toldRandom } from '../support/fuzz-seed.ts';
import { MEMORY_ACCOUNT, MEMORY_KEY, memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { RandomOperations } from '../support/random-operations.ts';

/**
 * How many operations are tried: VARVE_FUZZ_OPERATIONS, else 10,000 in CI and 2,000 elsewhere.
 * About 2 ms of CPU each.
 */
const OPERATIONS = Number(process.env.VARVE_FUZZ_OPERATIONS ?? (process.env.CI === undefined ? 2_000 : 10_000));

const PROTOCOL_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
];
/** Nobody else calls, and nothing is tried for being too much: that has tests of its own. */
const RATES = { burst: 1e9, perSecond: 1e9 };
const LIMITS: ApiLimits = { ...API_LIMITS, admission: { ...API_LIMITS.admission, ofKey: RATES, ofAddress: RATES } };

async function scene() {
  const { deps } = createEngineHarness();
  const keys = {
    generateWrapped: async (keyId: string) => {
      if (keyId !== MEMORY_KEY) throw new VarveError('KeyUnavailable', `no key ${keyId}`, { keyId });
      return { keyId, wrapped: 'd3JhcHBlZA==' };
    },
  };
  const service = memoryService(deps, keys);
  await openMemoryAccount(service);
  const key = await createKeyOf(service, MEMORY_ACCOUNT, 'ADMIN');
  const faults: string[] = [];
  const log = createLog({ level: 'error', clock: deps.clock, write: (line) => faults.push(line) });
  const handle = createHandler(service, log, LIMITS);
  const account: TestAccount = accountOf({ service, handle, log: faults }, MEMORY_ACCOUNT, key);
  return { handle, account, faults };
}

/** One of everything, so that operations meet what they name. */
async function makeThings(account: TestAccount): Promise<Record<string, string>> {
  const made = async (text: string): Promise<string> => {
    const [payload] = Object.values(await account.call(`mutation { ${text} }`));
    const [thing] = Object.values(payload as Record<string, { readonly id: string }>);
    return thing?.id ?? '';
  };
  const diskId = await made('createDisk(input: { sizeBytes: 1048576 }) { disk { id } }');
  const snapshotId = await made(`createSnapshot(input: { diskId: "${diskId}" }) { snapshot { id } }`);
  return {
    diskId,
    snapshotId,
    fromSnapshotId: snapshotId,
    toSnapshotId: snapshotId,
    target: diskId,
    source: diskId,
    imageId: await made(`createImage(input: { snapshotId: "${snapshotId}" }) { image { id } }`),
    policyId: await made('createPolicy(input: { hours: [1], weekdays: [1] }) { policy { id } }'),
    instanceId: await made('createInstance(input: { systemDisk: { sizeBytes: 1048576 } }) { instance { id } }'),
    draftId: await made(`openDraft(input: { diskId: "${diskId}", expectedVersion: 0 }) { draft { id } }`),
    scrubId: await made('startScrub(input: {}) { scrub { id } }'),
    objectId: 'f'.repeat(64),
    nobodyId: 'd-00000000000000000000',
    acceptedTerms: CURRENT_TERMS,
  };
}

test(`${OPERATIONS} operations of any form: every error has a code, and none is a fault of the service`, async () => {
  const random = toldRandom();
  const { handle, account, faults } = await scene();
  const operations = new RandomOperations(buildSchema(sdl), { random, ids: await makeThings(account) });
  const answered: Record<string, number> = {};
  const wrong: string[] = [];
  for (let at = 0; at < OPERATIONS && wrong.length < 5; at++) {
    const operation = operations.next();
    const { statusCode, body } = await handle(eventOf(account.key, JSON.stringify(operation)));
    const codes: unknown[] = (JSON.parse(body).errors ?? []).map((error: Told) => error.extensions?.code);
    const isKnown = (code: unknown) =>
      typeof code === 'string' && code !== 'Internal' && (code in ERROR_CODES || PROTOCOL_CODES.includes(code));
    if (statusCode >= 500 || !codes.every(isKnown))
      wrong.push(`${statusCode} ${codes.join()} ${JSON.stringify(operation)}`);
    const [outcome = 'answered'] = codes.filter((code) => typeof code === 'string');
    answered[outcome] = (answered[outcome] ?? 0) + 1;
  }
  expect([...wrong, ...faults.slice(0, 5)]).toEqual([]);
  // Most of what is tried is understood, else nothing much is tried.
  expect((answered.GRAPHQL_VALIDATION_FAILED ?? 0) + (answered.GRAPHQL_PARSE_FAILED ?? 0)).toBeLessThan(OPERATIONS / 2);
  expect(answered.answered ?? 0).toBeGreaterThan(OPERATIONS / 20);
}, 600_000);
