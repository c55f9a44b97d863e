import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeOver } from '../../../src/local/earlier/take-over.ts';
import { type EarlierFolder, expectTakenOver, makeEarlierFolder, oldParts } from '../../support/earlier-folder.ts';

let earlier: EarlierFolder;
beforeAll(async () => {
  earlier = await makeEarlierFolder();
});
afterAll(() => earlier[Symbol.dispose]());

const CHILD = join(import.meta.dirname, '../../support/take-over-child.ts');
const take = (path: string) => takeOver({ path, catalogue: 'READ', tell: () => undefined });

describe('taking over a folder of an earlier version', { timeout: 600_000 }, () => {
  it('goes on when it was killed at any step', async () => {
    for (let step = 1; ; step++) {
      using folder = earlier.copy();
      const before = oldParts(folder.path);
      const { signal } = spawnSync(process.execPath, [CHILD, folder.path, `${step}`], { encoding: 'utf8' });
      expect(oldParts(folder.path)).toEqual(before);
      if (signal === null) {
        expect(step).toBeGreaterThan(8);
        break;
      }
      await take(folder.path);
      await expectTakenOver(folder.path, earlier);
      expect(oldParts(folder.path)).toEqual(before);
    }
  });

  it('goes on when it was killed at any moment, several times', async () => {
    using folder = earlier.copy();
    const before = oldParts(folder.path);
    const began = performance.now();
    {
      using other = earlier.copy();
      spawnSync(process.execPath, [CHILD, other.path, '0']);
    }
    const wholeMs = performance.now() - began;
    for (let part = 1; part <= 8; part++) {
      const child = spawn(process.execPath, [CHILD, folder.path, '0'], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      await Promise.race([ended, sleep((wholeMs * part) / 9)]);
      child.kill('SIGKILL');
      await ended;
      expect(oldParts(folder.path)).toEqual(before);
    }
    await take(folder.path);
    await expectTakenOver(folder.path, earlier);
    expect(oldParts(folder.path)).toEqual(before);
  });
});
