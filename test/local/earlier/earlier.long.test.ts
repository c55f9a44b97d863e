import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { startEmulatedCloud } from '../../../bench/varve/emulated-cloud.ts';
import { takeOver } from '../../../src/local/earlier/take-over.ts';
import { readMarker } from '../../../src/local/folder/marker.ts';
import { freePort } from '../../../src/local/ports.ts';
import { freeBytes } from '../../../src/platform/disk-space.ts';
import { expectTakenOver, makeEarlierFolder, oldParts } from '../../support/earlier-folder.ts';
import { cliBuilt, LAUNCHER } from '../../support/launcher.ts';
import { describeWith, leaveOut, tell } from '../../support/programs.ts';
import { startVarve, temporaryFolder } from '../running.ts';

beforeAll(cliBuilt);

const MIB = 1024 ** 2;
const BLOCK_BYTES = MIB / 2;

// biome-ignore lint/suspicious/noExplicitAny: the command's JSON, of which each call looks at a part
type Told = any;
function varve(data: string, ...words: readonly string[]): Told {
  const args = [LAUNCHER, ...words, '--json', '--quiet', '--data', data];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** What users see: the contents of all, and how all is called. */
function seen(data: string, out: string): unknown {
  const sumOf = (noun: string, name: string) => {
    varve(data, noun, 'export', name, out, '--force');
    return createHash('sha256').update(readFileSync(out)).digest('hex');
  };
  return {
    disks: ['plain', 'sealed'].map((name) => sumOf('disk', name)),
    snapshots: ['one', 'two'].map((name) => sumOf('snapshot', name)),
    lists: ['disk', 'snapshot', 'policy', 'image', 'instance'].map((noun) => varve(data, noun, 'list')),
  };
}

describe('a folder with disks, snapshots and policies of the emulated single machine', { timeout: 600_000 }, () => {
  it.each(['dynoxide', 'dynamodb-local'])('is the same in varve server, with a catalogue of %s', async (database) => {
    using folder = temporaryFolder();
    const data = join(folder.path, 'data');
    const [image, out] = [join(folder.path, 'image'), join(folder.path, 'out')];
    const contents = Buffer.concat([randomBytes(5 * BLOCK_BYTES), Buffer.alloc(2 * BLOCK_BYTES)]);
    writeFileSync(image, contents);
    const cloud = await startEmulatedCloud(data, { VARVE_OFFLINE_DATABASE: database });
    varve(data, 'service', 'open', '--accept-terms');
    varve(data, 'disk', 'import', image, '--name', 'plain');
    varve(data, 'disk', 'import', image, '--name', 'sealed', '--encrypted');
    varve(data, 'snapshot', 'create', 'plain', '--name', 'one');
    varve(data, 'snapshot', 'create', 'sealed', '--name', 'two');
    writeFileSync(image, contents.fill(7, 0, BLOCK_BYTES));
    varve(data, 'disk', 'sync', 'plain', image);
    varve(data, 'policy', 'create', 'nightly', '--hours', '2');
    varve(data, 'policy', 'apply', 'nightly', 'plain');
    varve(data, 'image', 'create', 'one', 'first');
    varve(data, 'instance', 'create', 'web', '--image', 'first');
    const before = seen(data, out);
    await cloud.stop();
    writeFileSync(join(data, 'varve.json'), JSON.stringify({ format: 1, database, complete: true, rebuilding: false }));

    await using running = startVarve(['--data', data, '--port', `${await freePort()}`]);
    await running.ready();
    expect(running.stdout()).toContain('earlier holds what an earlier version of Varve left');
    expect(seen(data, out)).toEqual(before);
    expect(varve(data, 'scrub')).toMatchObject({ status: 'SUCCEEDED', damaged: 0, wrongCounts: 0 });
    varve(data, 'disk', 'import', image, '--name', 'new');
    expect(existsSync(join(data, 'earlier/objects/varve-local'))).toBe(true);
  });
});

describeWith(['mount'], 'a disk that is full', () => {
  if (process.getuid?.() !== 0) return leaveOut('while a folder is taken over', 'this user may not mount here');

  it('ends taking over in one sentence, and the next start goes on', { timeout: 300_000 }, async () => {
    using earlier = await makeEarlierFolder();
    using small = temporaryFolder();
    await tell('mount', '-t', 'tmpfs', '-o', 'size=40m,mode=700', 'varve-test', small.path);
    try {
      const path = join(small.path, 'data');
      mkdirSync(path);
      await tell('cp', '-a', `${earlier.path}/.`, path);
      const before = oldParts(path);
      const filler = join(small.path, 'filler');
      for (const leftBytes of [0, 256 * 1024, 3 * MIB]) {
        // At the first line that it says, when it has found enough space to begin.
        const fill = () => {
          if (!existsSync(filler)) writeFileSync(filler, Buffer.alloc(freeBytes(small.path) - leftBytes));
        };
        await expect(takeOver({ path, catalogue: 'READ', tell: fill })).rejects.toThrow(/disk .*is full/);
        expect(oldParts(path)).toEqual(before);
        expect(readMarker(path)).toMatchObject({ format: 1 });
        rmSync(filler);
      }
      await takeOver({ path, catalogue: 'READ', tell: () => undefined });
      await expectTakenOver(path, earlier);
    } finally {
      await tell('umount', small.path);
    }
  });
});
