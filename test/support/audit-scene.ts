import { put } from '../../src/platform/catalogue/port.ts';
import type { WrappedKey } from '../../src/platform/keys/port.ts';
import { createLog } from '../../src/platform/log.ts';
import { API_LIMITS, type ApiLimits } from '../../src/service/api/api-limits.ts';
import { createHandler } from '../../src/service/api/handler.ts';
import type { RecordPlace } from '../../src/service/audit/recording-catalogue.ts';
import { createAuditTrail } from '../../src/service/audit/trail.ts';
import { snapshotServiceEntity } from '../../src/service/model/accounts/rows.ts';
import { type AuditRow, auditEntity } from '../../src/service/model/audit/rows.ts';
import type { Service } from '../../src/service/service.ts';
import { accountOf, createKeyOf } from './api.ts';
import { createEngineHarness, type EngineHarness } from './engine-harness.ts';
import { MEMORY_ACCOUNT, memoryService, OTHER_MEMORY_REGION, openMemoryAccount } from './memory-service.ts';

const RATES = { burst: 1e9, perSecond: 1e9 };
const LIMITS: ApiLimits = { ...API_LIMITS, admission: { ...API_LIMITS.admission, ofKey: RATES, ofAddress: RATES } };

const KEYS = {
  generateWrapped: async (keyId: string) => ({ keyId, wrapped: 'd3JhcHBlZA==' }),
  rewrap: async (key: WrappedKey) => key,
};

/** The service with its audit, over ports in memory. */
export function auditedService(
  { deps }: Pick<EngineHarness, 'deps'>,
  place: RecordPlace,
): { readonly service: Service; readonly lines: string[] } {
  const lines: string[] = [];
  const log = createLog({ level: 'error', clock: deps.clock, write: (line) => lines.push(line) });
  const audit = createAuditTrail({ ...deps, log, place });
  return { service: { ...memoryService({ ...deps, catalogue: audit.catalogue }, KEYS), audit }, lines };
}

/** The API with its audit, over ports in memory, as an administrator of its account calls it. */
export async function auditScene(place: RecordPlace = 'BEFORE', limits: ApiLimits = LIMITS) {
  const harness = createEngineHarness();
  const { service, lines } = auditedService(harness, place);
  await openMemoryAccount(service);
  const there = { accountId: MEMORY_ACCOUNT, region: OTHER_MEMORY_REGION };
  await service.catalogue.transact([
    put(snapshotServiceEntity, { ...there, openedAt: '2026-01-01T00:00:00.000Z', acceptedTerms: 'any' }),
  ]);
  const key = await createKeyOf(service, MEMORY_ACCOUNT, 'ADMIN');
  const log = createLog({ level: 'error', clock: harness.clock, write: (line) => lines.push(line) });
  const handle = createHandler(service, log, limits);
  const account = accountOf({ service, handle, log: lines }, MEMORY_ACCOUNT, key);
  return { harness, service, handle, account, lines, records: () => recordsIn(harness) };
}
export type AuditScene = Awaited<ReturnType<typeof auditScene>>;

/** In the order in which they were written. */
export function recordsIn({ catalogue }: Pick<EngineHarness, 'catalogue'>): AuditRow[] {
  const place = ({ at, id }: AuditRow) => `${at} ${id}`;
  return catalogue.rows(auditEntity).toSorted((a, b) => (place(a) < place(b) ? -1 : 1));
}
