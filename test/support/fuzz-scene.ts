import { ERROR_CODES, VarveError } from '../../src/platform/errors.ts';
import type { WrappedKey } from '../../src/platform/keys/port.ts';
import { createLog } from '../../src/platform/log.ts';
import { CURRENT_TERMS } from '../../src/service/accounts/terms.ts';
import { API_LIMITS, type ApiLimits } from '../../src/service/api/api-limits.ts';
import { createHandler } from '../../src/service/api/handler.ts';
import { accountOf, createKeyOf, type TestAccount } from './api.ts';
import { createEngineHarness } from './engine-harness.ts';
import { MEMORY_ACCOUNT, MEMORY_KEY, memoryService, openMemoryAccount } from './memory-service.ts';

const PROTOCOL_CODES = [
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
];
/** Nobody else calls, and nothing is tried for being too much: that has tests of its own. */
const RATES = { burst: 1e9, perSecond: 1e9 };
const LIMITS: ApiLimits = { ...API_LIMITS, admission: { ...API_LIMITS.admission, ofKey: RATES, ofAddress: RATES } };

/** The API over ports in memory, as an administrator of its account calls it. */
export async function fuzzScene() {
  const { deps } = createEngineHarness();
  const keys = {
    generateWrapped: async (keyId: string) => {
      if (keyId !== MEMORY_KEY) throw new VarveError('KeyUnavailable', `no key ${keyId}`, { keyId });
      return { keyId, wrapped: 'd3JhcHBlZA==' };
    },
    rewrap: async (key: WrappedKey) => key,
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
export async function makeThings(account: TestAccount): Promise<Record<string, string>> {
  const made = async (text: string): Promise<string> => {
    const [payload] = Object.values(await account.call(`mutation { ${text} }`));
    const [thing] = Object.values(payload as Record<string, { readonly id: string }>);
    return thing?.id ?? '';
  };
  const diskId = await made('createDisk(input: { sizeBytes: 1048576 }) { disk { id } }');
  const snapshotId = await made(`createSnapshot(input: { diskId: "${diskId}" }) { snapshot { id } }`);
  const trashedId = await made(`createSnapshot(input: { diskId: "${diskId}" }) { snapshot { id } }`);
  await account.call('mutation { setTrashRetention(input: { hours: 24 }) { account { trashHours } } }');
  await account.call(`mutation { deleteSnapshots(input: { snapshotIds: ["${trashedId}"] }) { results { deleted } } }`);
  const imageId = await made(`createImage(input: { snapshotId: "${snapshotId}" }) { image { id } }`);
  return {
    diskId,
    snapshotId,
    fromSnapshotId: snapshotId,
    toSnapshotId: snapshotId,
    target: diskId,
    source: diskId,
    imageId,
    exportId: await made(`exportImage(input: { imageId: "${imageId}" }) { export { id } }`),
    importId: await made(`importImage(input: { from: { key: "imports/${account.id}/a" } }) { import { id } }`),
    policyId: await made('createPolicy(input: { hours: [1], weekdays: [1] }) { policy { id } }'),
    instanceId: await made('createInstance(input: { systemDisk: { sizeBytes: 1048576 } }) { instance { id } }'),
    trashedId,
    draftId: await made(`openDraft(input: { diskId: "${diskId}", expectedVersion: 0 }) { draft { id } }`),
    scrubId: await made('startScrub(input: {}) { scrub { id } }'),
    webhookId: await made('createWebhook(input: { url: "https://example.com/" }) { webhook { id } }'),
    objectId: 'f'.repeat(64),
    nobodyId: 'd-00000000000000000000',
    acceptedTerms: CURRENT_TERMS,
  };
}

/** Of an error that says what the caller did: it has a code, and is no fault of the service. */
export function isKnownCode(code: unknown): boolean {
  return typeof code === 'string' && code !== 'Internal' && (code in ERROR_CODES || PROTOCOL_CODES.includes(code));
}
