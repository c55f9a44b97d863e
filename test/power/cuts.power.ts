import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeWithDevices } from '../support/loop-devices.ts';
import { makeMemoryFolder } from '../support/memory-folder.ts';
import { tell } from '../support/programs.ts';
import { checkCuts } from './cuts.ts';
import type { Told } from './forgetful-device.ts';
import { emptyFileSystem, POWER_PROGRAMS, startPowerMachine } from './power-machine.ts';
import { recordRun } from './record.ts';

const CUTS = Number(process.env.VARVE_POWER_CUTS ?? 300);
const SEED = Number(process.env.VARVE_SEED ?? Date.now());
const CHECKERS = 2;
const MIB = 1024 * 1024;

describeWithDevices(
  'a server on a disk that loses its power',
  () => {
    let folder: string;
    beforeAll(async () => {
      folder = await makeMemoryFolder('power');
    });
    afterAll(() => rm(folder, { recursive: true }));

    it('the disk hears of a sync: it is told the contents, and then to flush', async () => {
      const below = join(folder, 'sync');
      await using machine = await startPowerMachine(below, await emptyFileSystem(below, 16 * MIB));
      const { told } = machine.device;
      const file = join(machine.mounted, 'file');
      const holds = (one: Told) => one.kind === 'write' && one.data.includes('what is to be kept');
      await tell('sh', '-c', `echo what is to be kept > ${file}`);
      expect(told.filter(holds)).toEqual([]);
      await tell('sync', '--data', file);
      const at = told.findIndex(holds);
      expect(at).toBeGreaterThan(0);
      expect(told.slice(at).map(({ kind }) => kind)).toContain('flush');
    });

    it(`after a cut everything that was acknowledged is there, bit for bit (${CUTS} cuts)`, async () => {
      const record = await recordRun({ folder: join(folder, 'run'), seed: SEED });
      const keep = process.env.VARVE_POWER_KEEP;
      const options = { folder: join(folder, 'cuts'), cuts: CUTS, seed: SEED, checkers: CHECKERS, keep };
      const { checked, failure } = await checkCuts(record, options);
      expect(failure, `VARVE_SEED=${SEED}`).toBeUndefined();
      expect(checked).toBe(CUTS);
    });
  },
  POWER_PROGRAMS,
);
