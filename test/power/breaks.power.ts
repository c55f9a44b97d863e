import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { OF_DURABILITY } from '../mutations/durability.ts';
import { describeWithDevices } from '../support/loop-devices.ts';
import { makeMemoryFolder } from '../support/memory-folder.ts';
import { checkCuts } from './cuts.ts';
import { POWER_PROGRAMS } from './power-machine.ts';
import { recordRun } from './record.ts';

const CUTS = Number(process.env.VARVE_POWER_CUTS ?? 300);
const SEED = Number(process.env.VARVE_SEED ?? Date.now());
const CHECKERS = 2;

describeWithDevices(
  'power cuts notice that',
  () => {
    let folder: string;
    beforeEach(async () => {
      folder = await makeMemoryFolder('power');
    });
    afterEach(() => rm(folder, { recursive: true }));

    it.each(OF_DURABILITY)('$rule: $broken', async ({ broken, edits: breaks }) => {
      const record = await recordRun({ folder: join(folder, 'run'), seed: SEED, breaks });
      const keep = process.env.VARVE_POWER_KEEP;
      const options = { folder: join(folder, 'cuts'), cuts: CUTS, seed: SEED, checkers: CHECKERS, breaks, keep };
      const { checked, failure } = await checkCuts(record, options);
      expect(failure, `VARVE_SEED=${SEED}`).toBeDefined();
      process.stdout.write(`${broken}: noticed after ${checked} cuts: ${failure?.faults[0]}\n`);
    });
  },
  POWER_PROGRAMS,
);
