import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRegion } from '../../../src/local/server/open-region.ts';
import { systemClock } from '../../../src/platform/clock.ts';
import { NoSpaceError } from '../../../src/platform/errors.ts';
import { createLog } from '../../../src/platform/log.ts';
import { createMemoryObjects } from '../../support/memory-objects.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'varve-region-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('no copy comes in while the catalogue has no room for its rows', async () => {
  const key = `objects/domain/${'a'.repeat(64)}`;
  const source = createMemoryObjects(systemClock);
  await source.put(key, Buffer.from('block'));
  let hasRoom = false;
  const region = await openRegion(
    { name: 'north', at: join(folder, 'north'), isNew: true },
    {
      folder,
      mark: 'this one',
      url: 'http://localhost',
      urlSecret: Buffer.alloc(32),
      hasRoom: () => hasRoom,
      log: createLog({ level: 'error', clock: systemClock, write: () => undefined }),
    },
  );
  try {
    await expect(region.objects.copyFrom(source, key, key)).rejects.toThrow(NoSpaceError);
    hasRoom = true;
    expect(await region.objects.copyFrom(source, key, key)).toMatchObject({ sizeBytes: 5 });
  } finally {
    await region.stop();
  }
});
