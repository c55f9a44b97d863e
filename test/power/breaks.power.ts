import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OF_DURABILITY } from '../mutations/durability.ts';
import { describeWithDevices } from '../support/loop-devices.ts';
import { checkCuts } from './cuts.ts';
import { POWER_PROGRAMS } from './power-machine.ts';
import { recordRun } from './record.ts';

const CUTS = 300;
const KEEP = process.env.VARVE_POWER_KEEP;
const SEED = Number(process.env.VARVE_SEED ?? Date.now());

describeWithDevices(
  'the same check notices',
  () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp('/dev/shm/varve-power-');
    });
    afterEach(() => rm(folder, { recursive: true }));

    it.each(OF_DURABILITY)('$rule: $broken', async ({ edits: breaks, broken }) => {
      const record = await recordRun({ folder: join(folder, 'run'), seed: SEED, breaks });
      const options = { folder: join(folder, 'cuts'), cuts: CUTS, seed: SEED, checkers: 2, breaks, keep: KEEP };
      const { checked, failure } = await checkCuts(record, options);
      console.log(`${broken}: noticed after ${checked} cuts: ${failure?.faults.slice(0, 3).join('; ')}`);
      expect(failure).toBeDefined();
    });
  },
  POWER_PROGRAMS,
);
