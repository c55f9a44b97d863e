import type { EngineDeps } from '../../src/engine/deps.ts';
import { createContents } from '../../src/engine/tree/contents.ts';
import { createVersionTree } from '../../src/engine/tree/version-tree.ts';
import { put } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { impossible } from '../../src/platform/errors.ts';
import type { FileStore } from '../../src/platform/files/port.ts';
import type { KeyService } from '../../src/platform/keys/port.ts';
import type { Audit } from '../../src/service/act.ts';
import { accountEntity, snapshotServiceEntity } from '../../src/service/model/accounts/rows.ts';
import { RENEW_AFTER_MS } from '../../src/service/model/leases/rules.ts';

import type { Service } from '../../src/service/service.ts';
import { createMemoryFiles } from './memory-files.ts';
import { TEST_OUTGOING } from './outgoing.ts';

export const MEMORY_ACCOUNT = 'acc';
export const MEMORY_REGION = 'r';
/** Another region, with the same objects. */
export const OTHER_MEMORY_REGION = 's';
export const MEMORY_KEY = 'local';

/** For enumerations of calls: the audit has its own. */
const NO_AUDIT: Audit = { run: (_act, work) => work() };

const none = () => Promise.reject(impossible('no encrypted disks here'));
const NO_KEYS: KeyService = { generateWrapped: none, rewrap: none };

/**
 * The use cases over the engine's ports in memory, for enumerations that take thousands of runs.
 */
export function memoryService(
  deps: EngineDeps,
  keys: KeyService = NO_KEYS,
  files: FileStore = createMemoryFiles(),
): Service {
  return {
    catalogue: deps.catalogue,
    clock: deps.clock,
    trust: deps.trust,
    ids: deps.ids,
    audit: NO_AUDIT,
    random: (bytes) => Uint8Array.from({ length: bytes }, () => Math.floor(deps.random() * 256)),
    keys,
    defaultKeyId: MEMORY_KEY,
    regions: [MEMORY_REGION, OTHER_MEMORY_REGION],
    timeZoneOf: () => 'UTC',
    tree: createVersionTree(deps),
    contents: createContents(deps),
    objects: deps.objects,
    files: () => files,
    exportBuckets: [],
    importBuckets: [],
    queue: deps.queue,
    whyNotSent: TEST_OUTGOING.whyRefused,
    reclaimGraceMs: 24 * 3_600_000,
    leaseRenewAfterMs: RENEW_AFTER_MS,
  };
}

/** With the snapshot service open. What it deletes is gone at once, unless told otherwise. */
export async function openMemoryAccount(
  { catalogue, clock }: Service,
  { trashHours = 0 }: { readonly trashHours?: number } = {},
): Promise<void> {
  const createdAt = isoTime(clock.now());
  const place = { accountId: MEMORY_ACCOUNT, region: MEMORY_REGION };
  await catalogue.transact([
    put(accountEntity, { id: MEMORY_ACCOUNT, name: 'Memory', createdAt, trashHours }),
    put(snapshotServiceEntity, { ...place, openedAt: createdAt, acceptedTerms: 'any' }),
  ]);
}
