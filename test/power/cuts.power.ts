import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDevices } from '../support/loop-devices.ts';
import { checkCuts } from './cuts.ts';
import { POWER_PROGRAMS } from './power-machine.ts';
import { type PowerRecord, recordRun } from './record.ts';

const CUTS = Number(process.env.VARVE_POWER_CUTS ?? 300);
const KEEP = process.env.VARVE_POWER_KEEP;
const SEED = Number(process.env.VARVE_SEED ?? Date.now());

describeWithDevices(
  'after a power cut at any moment',
  () => {
    let folder: string;
    let record: PowerRecord;
    beforeAll(async () => {
      folder = await mkdtemp('/dev/shm/varve-power-');
      const t = performance.now();
      record = await recordRun({ folder: join(folder, 'run'), seed: SEED });
      console.log('record', performance.now() - t, record.told.length);
    });
    afterAll(() => rm(folder, { recursive: true }));

    it(`everything that was acknowledged is there, bit for bit (${CUTS} cuts)`, async () => {
      const t = performance.now();
      const { checked, failure } = await checkCuts(record, { folder: join(folder, 'cuts'), cuts: CUTS, seed: SEED, checkers: 2, keep: KEEP });
      console.log('cuts', performance.now() - t, checked);
      expect(failure, `VARVE_SEED=${SEED}`).toBeUndefined();
      expect(checked).toBe(CUTS);
    });
  },
  POWER_PROGRAMS,
);
