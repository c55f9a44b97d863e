import { describe, expect, test } from 'vitest';
import type { Catalogue } from '../../src/platform/catalogue/port.ts';
import { releaseDisk } from '../../src/service/disks/release.ts';
import { chainEntity } from '../../src/service/model/chains/rows.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { eventOutboxEntity } from '../../src/service/model/events/rows.ts';
import { trashEntity } from '../../src/service/model/trash/rows.ts';
import { setQuota } from '../../src/service/quotas/quotas.ts';
import type { Service } from '../../src/service/service.ts';
import { restoreTrashed } from '../../src/service/trash/restore.ts';
import { sweepWatch } from '../../src/service/watch/sweep.ts';
import { createEngineHarness, type EngineHarness } from '../support/engine-harness.ts';
import { memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { dropSnapshot, HOUR_MS, makeDisk, makeSnapshot, setOfDisk, watchCaller } from '../support/watch-scene.ts';

const FOREVER = Number.POSITIVE_INFINITY;

interface Scene {
  readonly harness: EngineHarness;
  readonly service: Service;
  readonly diskId: string;
  pass(hours: number): void;
}

async function scene(): Promise<Scene> {
  const harness = createEngineHarness(3);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service, { trashHours: 48 });
  const { id: diskId } = await makeDisk(service, 'watched');
  const pass = (hours: number) => {
    harness.clock.at += hours * HOUR_MS;
  };
  return { harness, service, diskId, pass };
}

const told = ({ harness }: Pick<Scene, 'harness'>, kind: 'breach.' | 'quota.') =>
  harness.catalogue
    .rows(eventOutboxEntity)
    .filter(({ type }) => type.startsWith(kind))
    .toSorted((a, b) => (a.at + a.id < b.at + b.id ? -1 : 1));

const look = ({ service }: Scene) => sweepWatch(service, FOREVER);

/** In breach, as the newest of two snapshots lies in the recycle bin. */
async function breachByDeletion(): Promise<Scene & { readonly newestId: string }> {
  const one = await scene();
  const { service, diskId, pass } = one;
  await setOfDisk(service, diskId, { hours: 5 });
  await makeSnapshot(service, diskId);
  pass(4);
  const newestId = await makeSnapshot(service, diskId);
  await dropSnapshot(service, newestId);
  pass(2);
  await look(one);
  expect(told(one, 'breach.').map(({ type }) => type)).toEqual(['breach.began']);
  return { ...one, newestId };
}

describe('8.4, 10.1: a snapshot that comes back', () => {
  test('ends a breach at the next look, and the breach says so', async () => {
    const one = await breachByDeletion();
    await restoreTrashed(one.service, watchCaller, one.newestId);
    one.harness.clock.at += 1000;
    await look(one);
    const [, ended] = told(one, 'breach.');
    expect(ended?.type).toBe('breach.ended');
    expect(JSON.stringify(ended)).toContain('SNAPSHOT');
    expect(one.harness.catalogue.rows(chainEntity)[0]?.newestId).toBe(one.newestId);
    expect(one.harness.catalogue.rows(diskEntity)[0]?.protection).toBe('PROTECTED');
  });

  test('does not take what a longer objective did', async () => {
    const one = await breachByDeletion();
    await restoreTrashed(one.service, watchCaller, one.newestId);
    one.harness.clock.at += 1000;
    await look(one);
    one.pass(4);
    await look(one);
    one.harness.clock.at += 1000;
    await setOfDisk(one.service, one.diskId, { hours: 40 });
    await look(one);
    expect(told(one, 'breach.').map(({ type }) => type)).toEqual([
      'breach.began',
      'breach.ended',
      'breach.began',
      'breach.ended',
    ]);
    expect(JSON.stringify(told(one, 'breach.').at(-1))).toContain('OBJECTIVE');
  });

  test('is looked at also if its disk comes back in the same moment', async () => {
    const one = await breachByDeletion();
    await releaseDisk(one.service, watchCaller, { diskId: one.diskId, breakLease: false });
    const { catalogue } = one.service;
    let isFirst = true;
    const get = async (entity: { readonly name: string }, key: never) => {
      const row = await catalogue.get(entity as never, key);
      if (entity.name !== chainEntity.name || !isFirst) return row;
      isFirst = false;
      await restoreTrashed(one.service, watchCaller, one.diskId);
      await look(one);
      return row;
    };
    const racing = { ...one.service, catalogue: { ...catalogue, get: get as unknown as Catalogue['get'] } };
    await restoreTrashed(racing, watchCaller, one.newestId);
    one.harness.clock.at += 1000;
    await look(one);
    expect(one.harness.catalogue.rows(diskEntity)[0]?.protection).toBe('PROTECTED');
  });
});

test('8.4, 10.1: an objective that is set while the disk is released is not lost', async () => {
  const { harness, service, diskId } = await scene();
  const { catalogue } = service;
  let isFirst = true;
  const tree: Service['tree'] = {
    ...service.tree,
    trash: async (ref, writes) => {
      if (isFirst) {
        isFirst = false;
        await setOfDisk({ ...service, catalogue }, diskId, { hours: 7 });
      }
      return service.tree.trash(ref, writes);
    },
  };
  await releaseDisk({ ...service, tree }, watchCaller, { diskId, breakLease: false });
  expect(harness.catalogue.rows(trashEntity)[0]?.disk?.[0]?.objectiveHours).toBe(7);
  await restoreTrashed(service, watchCaller, diskId);
  expect(harness.catalogue.rows(diskEntity)[0]?.objectiveHours).toBe(7);
});

describe('8.5, 10.1: a quota that a restore fills', () => {
  test('is told at 80 % and when it is full, and not again for what comes and goes', async () => {
    const one = await scene();
    const { service, diskId } = one;
    const made: string[] = [];
    for (let at = 0; at < 5; at++) made.push(await makeSnapshot(service, diskId));
    for (const id of made) await dropSnapshot(service, id);
    await setQuota(service, watchCaller, { kind: 'MANUAL_SNAPSHOTS_PER_DISK', limit: 5, region: null });
    for (const id of made) {
      one.harness.clock.at += 1000;
      await restoreTrashed(service, watchCaller, id);
    }
    const [last = ''] = made;
    await dropSnapshot(service, last);
    await restoreTrashed(service, watchCaller, last);
    expect(told(one, 'quota.').map(({ type }) => type)).toEqual(['quota.nearly_full', 'quota.full']);
  });
});
