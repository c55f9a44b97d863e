import { expect, test } from 'vitest';
import { openDraft } from '../../src/service/datapath/drafts.ts';
import { releaseDisk } from '../../src/service/disks/release.ts';
import { draftEntity } from '../../src/service/model/datapath/rows.ts';
import { createEngineHarness } from '../support/engine-harness.ts';
import { caller, newDisk } from '../support/lease-scene.ts';
import { memoryService, openMemoryAccount } from '../support/memory-service.ts';

/** More than are read in one request. */
const DRAFTS = 101;

test('a disk that is released leaves no draft open, however many it had', async () => {
  const harness = createEngineHarness(4);
  const service = memoryService(harness.deps);
  await openMemoryAccount(service);
  const { id: diskId } = await newDisk(service);
  const input = { diskId, expectedVersion: 0, forReading: false, label: null, clientToken: null };
  for (let count = 0; count < DRAFTS; count++) await openDraft(service, caller, input);
  await releaseDisk(service, caller, { diskId, breakLease: false });
  const drafts = harness.catalogue.rows(draftEntity);
  expect(drafts).toHaveLength(DRAFTS);
  expect(drafts.filter(({ state }) => state === 'OPEN')).toEqual([]);
});
