import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KeyService, WrappedKey } from '../../src/platform/keys/port.ts';
import type { RecordPlace } from '../../src/service/audit/recording-catalogue.ts';
import { createAuditTrail } from '../../src/service/audit/trail.ts';
import { auditEntity, auditHourEntity } from '../../src/service/model/audit/rows.ts';
import { instanceEntity } from '../../src/service/model/instances/rows.ts';
import { snapshotEntity } from '../../src/service/model/snapshots/rows.ts';
import { recordsIn } from '../support/audit-scene.ts';
import { type EngineHarness, forkHarness } from '../support/engine-harness.ts';
import { type Fault, injectFault } from '../support/fault-injector.ts';
import { MEMORY_ACCOUNT, memoryService } from '../support/memory-service.ts';
import { caller, type Named, useCaseScene } from '../support/use-case-scene.ts';
import { type ServiceProcess, USE_CASES, type UseCase } from '../support/use-cases.ts';

const KEYS: KeyService = {
  generateWrapped: async (keyId) => ({ keyId, wrapped: 'd3JhcHBlZA==' }),
  rewrap: async (key: WrappedKey) => key,
};
/** The process dies after the effect of the call, or hears of trouble. */
const STRIKES: readonly Fault[] = ['hangs after', 'fails before'];
const ACT = {
  accountId: MEMORY_ACCOUNT,
  actorKind: 'KEY',
  actor: caller.apiKeyId,
  action: 'use case',
  subjects: [],
} as const;

let scene: EngineHarness;
let ids: Named;
beforeAll(async () => {
  ({ harness: scene, ids } = await useCaseScene(KEYS));
});

const idIn = (harness: EngineHarness) => (name: string) =>
  ids.get(name) ??
  [...harness.catalogue.rows(instanceEntity), ...harness.catalogue.rows(snapshotEntity)].find(
    (row) => row.name === name,
  )?.id ??
  '';

const passing =
  ({ clock }: EngineHarness) =>
  (hours: number) => {
    clock.at += hours * 3_600_000;
  };

/** Everything but the audit. */
function rowsOf({ catalogue }: EngineHarness): Record<string, readonly object[]> {
  const others = catalogue.entities().filter((one) => one !== auditEntity && one !== auditHourEntity);
  return Object.fromEntries(others.map((one) => [one.name, catalogue.rows(one)]).filter(([, rows]) => rows?.length));
}

async function play(useCase: UseCase, start: EngineHarness, place: RecordPlace, blow?: { at: number; fault: Fault }) {
  const harness = forkHarness(start, 3);
  const injected = injectFault(harness.deps, blow && { ...blow, meanwhile: async () => undefined });
  const before = rowsOf(harness);
  await injected.run((deps) => {
    const audit = createAuditTrail({ ...deps, log: { error: () => undefined }, place });
    const audited = { ...deps, catalogue: audit.catalogue };
    const service = { ...memoryService(audited, KEYS), audit };
    const process: ServiceProcess = { service, deps: audited, id: idIn(harness), passHours: passing(harness) };
    return audit.run(ACT, () => useCase.run(process));
  });
  return { harness, calls: injected.calls, hasChanged: !isDeepStrictEqual(before, rowsOf(harness)) };
}

describe.each<RecordPlace>(['BEFORE', 'WITHIN'])('8.6: with records written %s', (place) => {
  test.each(USE_CASES)(
    '8.6: no change without a record, whatever call is struck: $name',
    async (useCase) => {
      const start = forkHarness(scene, 1);
      const process = { service: memoryService(start.deps, KEYS), deps: start.deps, id: idIn(start) };
      await useCase.first?.({ ...process, passHours: passing(start) });
      const whole = await play(useCase, start, place);
      expect(recordsIn(whole.harness)).not.toEqual([]);
      for (const at of whole.calls.keys()) {
        for (const fault of STRIKES) {
          const struck = await play(useCase, start, place, { at, fault });
          const isRecorded = recordsIn(struck.harness).length > 0;
          expect(!struck.hasChanged || isRecorded, `${fault} at ${whole.calls[at]} (${at})`).toBe(true);
        }
      }
    },
    300_000,
  );
});
