import { hash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BLOCK_BYTES, blockCount } from '../../../src/engine/blocks/block.ts';
import { blockIdOf, encodeObject } from '../../../src/engine/blocks/object-form.ts';
import { BenchError } from '../../bench-error.ts';
import type { BenchRun } from '../../bench-run.ts';
import type { Api } from '../../varve/api.ts';
import { type FilledDisk, fillDisk } from '../../varve/filled-disk.ts';
import { openAppended } from './appended.ts';
import type { Side } from './sides.ts';

export const CALLS = ['snapshot', 'prepare', 'put', 'commit', 'new block', 'disk'] as const;
export type Call = (typeof CALLS)[number];

export const callName = (side: Side, call: Call) => `machine ${side} ${call} ms`;
export const SYNC_NAME = 'machine fdatasync ms';

/**
 * One caller on a kept connection: a new block that does not compress goes to a full disk, which
 * then has a snapshot. With the server, a sync of the disk below it takes its turn.
 */
export async function measureMachineCalls(bench: BenchRun, api: Api, side: Side): Promise<void> {
  const { figures, sizes, dataDir } = bench;
  const blocks = blockCount(sizes.uniqueBytes);
  const disk = await fillDisk(api, { name: 'called', sizeBytes: sizes.uniqueBytes, blocks });
  const beside = side === 'server' ? openAppended(join(dataDir, 'appended')) : undefined;
  try {
    for (let at = -1; at < sizes.apiRepeats; at++) {
      const note: Note = (call, ms) => {
        // the first time code and caches are cold
        if (at >= 0) figures.add(callName(side, call), ms);
      };
      await once(api, disk, at + 1, note);
      if (beside !== undefined && at >= 0) figures.add(SYNC_NAME, beside.appendMs());
    }
  } finally {
    beside?.remove();
  }
}

type Note = (call: Call, ms: number) => void;

async function once(api: Api, disk: FilledDisk, index: number, note: Note): Promise<void> {
  const timed = async <T>(call: Call, work: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const answer = await work();
    note(call, performance.now() - began);
    return answer;
  };
  const plain = randomBytes(BLOCK_BYTES);
  const id = blockIdOf(plain);
  const stored = encodeObject(plain, { id });
  const wanted = { id, stored: { sizeBytes: stored.length, sha256: hash('sha256', stored, 'hex') } };
  await timed('new block', async () => {
    const [prepared] = await timed('prepare', () => api.prepareUpload(disk.id, [wanted]));
    const status = prepared === undefined ? 0 : await timed('put', () => api.put(prepared, stored));
    if (status !== 200 && status !== 204) throw new BenchError(`The PUT of a block answers ${status}.`);
    disk.version = await timed('commit', () => api.commit(disk.id, disk.version, [{ index, id }]));
  });
  await timed('snapshot', () => api.createSnapshot(disk.id));
  await timed('disk', () => api.disk(disk.id));
}
