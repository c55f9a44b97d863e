/**
 * What a copy to a region in another folder takes beside `cp -r` of the same objects and a `sync`
 * of their file system, and which calls of the stores it makes:
 * `node bench/region-copy.ts [BLOCKS]`. The server has more threads than Node's four, so set
 * `UV_THREADPOOL_SIZE=16` as it does.
 *
 * An installation of its own on the embedded stores, with a disk of blocks that do not compress
 * (4710: 2.3 GiB). Its snapshot is copied; then 1 % of the blocks are changed, and the next
 * snapshot is copied as well.
 */
import { execFileSync } from 'node:child_process';
import { hash, randomFillSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { BLOCK_BYTES, type ObjectId, objectKey } from '../src/engine/blocks/block.ts';
import { MAX_COMMIT_WRITES } from '../src/engine/contract.ts';
import { openParts } from '../src/local/server/parts.ts';
import { mapBounded } from '../src/platform/bounded.ts';
import { systemClock } from '../src/platform/clock.ts';
import { parseUpkeep } from '../src/platform/config.ts';
import { createLog, lineWriter } from '../src/platform/log.ts';
import { makeFolder } from '../src/platform/make-folder.ts';
import type { ObjectStore } from '../src/platform/objects/port.ts';

const BLOCKS = Number(process.argv[2] ?? 4710);
const PUTS_AT_ONCE = 16;
/** New files look for an inode longer while those that were deleted just now are kept. */
const EXT4_KEEPS_INODES_MS = 6000;
const CALLS = ['read', 'head', 'put', 'copyFrom'] as const;

const folder = mkdtempSync(join(tmpdir(), 'varve-region-copy-'));
const data = join(folder, 'data');
makeFolder(data);
const parts = await openParts({
  folder: data,
  objectsUrl: 'http://localhost',
  settings: parseUpkeep({}),
  timeZone: 'UTC',
  regions: [{ name: 'there', at: join(folder, 'there'), isNew: true }],
  log: createLog({ level: 'warn', clock: systemClock, write: lineWriter(process.stderr) }),
});
const { tree } = parts.composition.service;
const [there] = parts.regions;
const accountId = 'bench';
const home = { domainId: 'dom', regionId: 'local' };

async function write(indices: readonly number[]): Promise<void> {
  const writes = await mapBounded(indices, PUTS_AT_ONCE, async (index) => {
    const bytes = randomFillSync(Buffer.allocUnsafe(BLOCK_BYTES));
    const id = hash('sha256', bytes, 'hex') as ObjectId;
    await parts.objects.put(objectKey(home.domainId, id), bytes);
    return { index, id };
  });
  for (let at = 0; at < writes.length; at += MAX_COMMIT_WRITES) {
    const { version: expectedVersion = -1 } = (await tree.get(accountId, 'd-1')) ?? {};
    const some = writes.slice(at, at + MAX_COMMIT_WRITES);
    await tree.commit({ accountId, headId: 'd-1', expectedVersion, writes: some, trims: [] });
  }
}

/**
 * Seconds that `cp -r` of the objects and a `sync` take. A virtual machine gets some of its memory
 * only when it is touched first, which takes longer than to write it. So the first of two warms the
 * page cache, and leaves it to what comes next.
 */
async function copyFiles(): Promise<number> {
  let seconds = 0;
  for (const _ of ['warm', 'timed']) {
    const began = performance.now();
    execFileSync('cp', ['-r', join(data, 'objects'), join(folder, 'cp')]);
    execFileSync('sync', ['-f', folder]);
    seconds = (performance.now() - began) / 1000;
    rmSync(join(folder, 'cp'), { recursive: true });
    execFileSync('sync', ['-f', folder]);
    await setTimeout(EXT4_KEEPS_INODES_MS);
  }
  return seconds;
}

/** Seconds, those of processors, and the calls of both stores by name. */
async function copy(fromId: string, baseId?: string) {
  const calls = counted([parts.objects, there?.objects as ObjectStore]);
  const ref = { accountId, keepId: `keep-${fromId}`, draftId: `copy-${fromId}` };
  const began = performance.now();
  const cpuBefore = process.cpuUsage();
  await tree.beginCopy({ ...ref, fromId, domainId: 'dom-there', regionId: 'there', chainId: 'd-there', baseId }, []);
  for await (const _ of tree.copySteps({ ...ref, until: Number.POSITIVE_INFINITY }));
  await tree.finishCopy(ref, () => []);
  const { user, system } = process.cpuUsage(cpuBefore);
  return { seconds: (performance.now() - began) / 1000, cpuSeconds: (user + system) / 1e6, calls: calls() };
}

function counted(stores: readonly ObjectStore[]): () => Record<string, number> {
  const counts: Record<string, number> = {};
  const undo = stores.flatMap((store) => {
    const open = store as { [Name in (typeof CALLS)[number]]: (...args: never[]) => unknown };
    return CALLS.map((name) => {
      const call = open[name];
      open[name] = (...args) => {
        counts[name] = (counts[name] ?? 0) + 1;
        return call.apply(store, args);
      };
      return () => {
        open[name] = call;
      };
    });
  });
  return () => {
    for (const each of undo) each();
    return counts;
  };
}

try {
  await tree.createHead({ accountId, nodeId: 'd-1', ...home, chainId: 'd-1' }, []);
  await write(Array.from({ length: BLOCKS }, (_, index) => index));
  await tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-1' }, () => []);
  const cpSeconds = await copyFiles();
  const whole = await copy('s-1');
  await write(Array.from({ length: Math.ceil(BLOCKS / 100) }, (_, at) => at * 100).filter((index) => index < BLOCKS));
  await tree.snapshot({ accountId, headId: 'd-1', snapshotId: 's-2' }, () => []);
  const changed = await copy('s-2', 'copy-s-1');
  const ratio = whole.seconds / cpSeconds;
  process.stdout.write(`${JSON.stringify({ blocks: BLOCKS, cpSeconds, ratio, whole, changed }, undefined, 2)}\n`);
} finally {
  await parts.catalogue.close();
  await Promise.all(parts.regions.map((region) => region.stop()));
  rmSync(folder, { recursive: true, force: true });
}
