import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'vitest';
import { recordRun } from './record.ts';
it.each([1, 2, 3, 4, 5, 6])('%s', async (seed) => {
  const folder = await mkdtemp('/dev/shm/varve-power-');
  const t = performance.now();
  try {
    const r = await recordRun({ folder: join(folder, 'run'), seed });
    console.log(seed, Math.round(performance.now() - t), r.told.length, r.acknowledged.moments().length);
  } catch (e) { console.log(seed, Math.round(performance.now() - t), e, (e as Error).cause); }
  await rm(folder, { recursive: true });
});
