import { expect, test } from 'vitest';
import type { Entity, KeyOf } from '../../src/platform/catalogue/entity.ts';
import type { Catalogue } from '../../src/platform/catalogue/port.ts';
import { renewLease } from '../../src/service/leases/renew.ts';
import { leaseEntity } from '../../src/service/model/leases/rows.ts';
import { LEASE_TTL_MS } from '../../src/service/model/leases/rules.ts';
import { acquire, caller, leaseFaults, leaseScene, snapshot } from '../support/lease-scene.ts';
import { memoryService } from '../support/memory-service.ts';

test('a writer whose lease was read when it looked expired, and was renewed since, is asked to flush', async () => {
  const { harness, disk } = await leaseScene(1);
  const service = memoryService(harness.deps);
  const { fence } = await acquire(service, disk, 'host-a');
  harness.clock.at += LEASE_TTL_MS + 1;
  let isRenewed = false;
  const get = async <E extends Entity>(entity: E, key: KeyOf<E>) => {
    const row = await harness.catalogue.get(entity, key);
    if (entity.name === leaseEntity.name && !isRenewed) {
      isRenewed = true;
      await renewLease(service, caller, { diskId: disk.id, fence, flushed: null });
    }
    return row;
  };
  const behind: Catalogue = { ...harness.catalogue, get };
  const taken = await snapshot({ ...service, catalogue: behind }, disk);
  expect(taken).toMatchObject({ status: 'PROGRESSING', flushFence: fence });
  expect(harness.catalogue.rows(leaseEntity)).toMatchObject([{ flushRequest: 1 }]);
  expect(leaseFaults(harness)).toEqual([]);
});

test('of a disk whose lease is over, and stays so, a snapshot is taken at once', async () => {
  const { harness, disk } = await leaseScene(2);
  const service = memoryService(harness.deps);
  await acquire(service, disk, 'host-a');
  harness.clock.at += LEASE_TTL_MS + 1;
  expect(await snapshot(service, disk)).toMatchObject({ status: 'ACCOMPLISHED', consistency: 'COMMITTED' });
  expect(leaseFaults(harness)).toEqual([]);
});
