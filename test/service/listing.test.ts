import { beforeAll, describe, expect, test } from 'vitest';
import { type Catalogue, patch, remove } from '../../src/platform/catalogue/port.ts';
import { parseTags } from '../../src/service/calls/tags.ts';
import { createDisk } from '../../src/service/disks/create.ts';
import { sweepListing } from '../../src/service/listing/sweep.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import { listingEntity } from '../../src/service/model/listed/backfill-rows.ts';
import { listedEntity, tagLists } from '../../src/service/model/listed/rows.ts';
import { createSnapshot } from '../../src/service/snapshots/create.ts';
import { createEngineHarness, type EngineHarness, forkHarness } from '../support/engine-harness.ts';
import { FAULTS, injectFault } from '../support/fault-injector.ts';
import { listFaults } from '../support/listed.ts';
import { memoryService, openMemoryAccount } from '../support/memory-service.ts';
import { caller, newDisk } from '../support/use-case-scene.ts';

/*
 * What an earlier version left is in no list. The janitor lists it, whatever happens meanwhile.
 */
const FOREVER = Number.POSITIVE_INFINITY;
const TAGS = [{ key: 'team', value: 'red' }];

/** Disks and snapshots, each with a tag, none in a list. */
async function earlier(): Promise<EngineHarness> {
  const harness = createEngineHarness(5);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  for (const name of ['one', 'two', 'three']) {
    const { id: diskId } = await createDisk(service, caller, newDisk(name, { tags: TAGS }));
    const input = { diskId, name: `of ${name}`, tags: TAGS, retentionDays: 9, clientToken: null };
    await createSnapshot(service, caller, input);
  }
  await harness.settle();
  for (const row of harness.catalogue.rows(listedEntity)) await harness.catalogue.transact([remove(listedEntity, row)]);
  return harness;
}

let begin: EngineHarness;
beforeAll(async () => {
  begin = await earlier();
  expect(listFaults(begin.catalogue)).not.toEqual([]);
});

const isDone = ({ catalogue }: EngineHarness) => catalogue.rows(listingEntity)[0]?.done === true;

describe('11.1: what an earlier version left comes into the lists', () => {
  test('11.1: once, and then nothing is looked at any more', async () => {
    const harness = forkHarness(begin, 1);
    expect(await sweepListing(memoryService(harness.deps), FOREVER)).toEqual({ listed: 6 });
    expect(listFaults(harness.catalogue)).toEqual([]);
    expect(isDone(harness)).toBe(true);
    expect(await sweepListing(memoryService(harness.deps), FOREVER)).toEqual({ listed: 0 });
  });

  test('11.1: whatever happens to any one call, the next rounds list the rest', async () => {
    const whole = forkHarness(begin, 1);
    const { deps: watched, calls } = injectFault(whole.deps);
    await sweepListing(memoryService(watched), FOREVER);
    expect(calls.length).toBeGreaterThan(8);
    for (const at of calls.keys()) {
      for (const fault of FAULTS) {
        const harness = forkHarness(begin, 1);
        const injected = injectFault(harness.deps, { at, fault, meanwhile: async () => undefined });
        await injected.run((deps) => sweepListing(memoryService(deps), FOREVER));
        expect(injected.reached()).toBe(true);
        if (isDone(harness)) expect(listFaults(harness.catalogue), `${fault} at ${at}`).toEqual([]);
        for (let round = 0; round < 3 && !isDone(harness); round++)
          await sweepListing(memoryService(harness.deps), FOREVER);
        expect(isDone(harness), `${fault} at ${at}`).toBe(true);
        expect(listFaults(harness.catalogue), `${fault} at ${at}`).toEqual([]);
      }
    }
  });

  test('11.1: when the time is up the next round goes on, and two at once do no harm', async () => {
    const harness = forkHarness(begin, 1);
    const until = harness.clock.at + 1000;
    let writes = 0;
    const catalogue: Catalogue = {
      ...harness.catalogue,
      transact: async (list) => {
        if (++writes === 3) harness.clock.at = until;
        return harness.catalogue.transact(list);
      },
    };
    await sweepListing(memoryService({ ...harness.deps, catalogue }), until);
    expect(isDone(harness)).toBe(false);
    await Promise.all([
      sweepListing(memoryService(harness.deps), FOREVER),
      sweepListing(memoryService(harness.deps), FOREVER),
    ]);
    expect(isDone(harness)).toBe(true);
    expect(listFaults(harness.catalogue)).toEqual([]);
  });

  test('11.1: a round that another one has overtaken does not begin the lists again', async () => {
    const harness = forkHarness(begin, 1);
    const until = harness.clock.at + 1000;
    let writes = 0;
    const catalogue: Catalogue = {
      ...harness.catalogue,
      transact: async (list) => {
        if (++writes === 3) {
          await sweepListing(memoryService(harness.deps), FOREVER);
          harness.clock.at = until;
        }
        return harness.catalogue.transact(list);
      },
    };
    await sweepListing(memoryService({ ...harness.deps, catalogue }), until);
    expect(isDone(harness)).toBe(true);
  });

  test('11.1: a row that changes after it was read is listed as it is then', async () => {
    const harness = forkHarness(begin, 1);
    const [disk] = harness.catalogue.rows(diskEntity);
    if (disk === undefined) throw new Error('no disk');
    let isChanged = false;
    const catalogue: Catalogue = {
      ...harness.catalogue,
      transact: async (writes) => {
        if (!isChanged) {
          isChanged = true;
          const key = { accountId: disk.accountId, id: disk.id };
          await harness.catalogue.transact([
            patch(diskEntity, key, { set: { tags: [{ key: 'team', value: 'blue' }] } }),
          ]);
        }
        return harness.catalogue.transact(writes);
      },
    };
    await sweepListing(memoryService({ ...harness.deps, catalogue }), FOREVER);
    expect(isDone(harness)).toBe(true);
    expect(listFaults(harness.catalogue)).toEqual([]);
  });
});

test('11.1: the lists of the longest tags have names that a store takes as keys', () => {
  const MOST_KEY_BYTES = 2048; // of DynamoDB, with the account and the region
  const syllable = '\u1112\u1161\u11ab'; // one character when it is composed, nine bytes as it is
  const tags = parseTags('tags', [{ key: syllable.repeat(128), value: syllable.repeat(256) }]);
  const [{ list, wider = '' }, ...others] = tagLists('disk', tags) as [{ list: string; wider?: string }];
  expect(others).toEqual([]);
  for (const name of [list, wider]) expect(Buffer.byteLength(name)).toBeLessThan(MOST_KEY_BYTES / 2);
  expect(list).not.toBe(wider);
});
