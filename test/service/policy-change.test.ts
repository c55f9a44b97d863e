import { expect, test } from 'vitest';
import type { Entity, KeyOf } from '../../src/platform/catalogue/entity.ts';
import type { Catalogue } from '../../src/platform/catalogue/port.ts';
import { isoTime } from '../../src/platform/clock.ts';
import { serviceCaller } from '../../src/service/calls/caller.ts';
import { policyEntity } from '../../src/service/model/policies/rows.ts';
import { slotEntity } from '../../src/service/model/policies/run-rows.ts';
import { updatePolicy } from '../../src/service/policies/change.ts';
import { createPolicy } from '../../src/service/policies/create.ts';
import { createEngineHarness } from '../support/engine-harness.ts';
import { MEMORY_ACCOUNT, memoryService, openMemoryAccount } from '../support/memory-service.ts';

const DAY_MS = 24 * 3600_000;
const caller = serviceCaller(MEMORY_ACCOUNT);

test.each([1, 2, 3])(
  'a slot that comes due during a change, at reading %i of the policy, is opened',
  async (reading) => {
    const { deps, clock, catalogue } = createEngineHarness(1);
    const service = memoryService(deps);
    await openMemoryAccount(service);
    const schedule = { hours: [3], weekdays: [1, 2, 3, 4, 5, 6, 7], timeZone: null, retentionDays: null };
    const named = { region: null, name: 'nightly', tags: [], clientToken: null };
    const { id: policyId, nextRunAt = '' } = await createPolicy(service, caller, { ...named, ...schedule });
    clock.at = Date.parse(nextRunAt) - 1;
    let readings = 0;
    const get = async <E extends Entity>(entity: E, key: KeyOf<E>) => {
      const row = await catalogue.get(entity, key);
      if (entity.name === policyEntity.name && ++readings === reading) clock.at += 1;
      return row;
    };
    const passing: Catalogue = { ...catalogue, get };
    await updatePolicy({ ...service, catalogue: passing }, caller, { policyId, name: 'renamed' });
    const [policy] = catalogue.rows(policyEntity);
    const opened = catalogue.rows(slotEntity).map(({ slotAt, status }) => [slotAt, status]);
    // The last reading is of the answer: then it is still to come.
    expect(opened).toEqual(reading < 3 ? [[nextRunAt, 'RUNNING']] : []);
    expect(policy?.name).toBe('renamed');
    expect(policy?.nextRunAt).toBe(reading < 3 ? isoTime(Date.parse(nextRunAt) + DAY_MS) : nextRunAt);
  },
);
