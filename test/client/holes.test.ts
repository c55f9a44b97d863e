import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dataRuns, holeFinder, type Seek } from '../../src/client/upload/holes.ts';
import { BLOCK_BYTES } from '../../src/engine/blocks/block.ts';

const MIB = 1024 * 1024;

describe('holes of a sparse file', () => {
  let folder: string;
  let file: FileHandle;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'varve-holes-'));
    file = await open(join(folder, 'sparse.img'), 'w+');
    await file.truncate(64 * MIB + 100);
    await file.write(Buffer.from('at the beginning'), 0, undefined, 0);
    await file.write(Buffer.from('somewhere'), 0, undefined, 20 * MIB + 7);
    await file.write(Buffer.from('last'), 0, undefined, 64 * MIB + 90);
  });
  afterEach(async () => {
    await file.close();
    await rm(folder, { recursive: true });
  });

  const source = () => ({ fd: file.fd, sizeBytes: 64 * MIB + 100, sparse: true });

  it('are left out, and all data is within the runs', () => {
    expect(holeFinder(source()).runs(0, 129)).toEqual([
      { first: 0, count: 1 },
      { first: 40, count: 1 },
      { first: 128, count: 1 },
    ]);
  });

  it('are looked for within the range asked for', () => {
    expect(holeFinder(source()).runs(1, 39)).toEqual([]);
    expect(holeFinder(source()).runs(40, 10)).toEqual([{ first: 40, count: 1 }]);
  });

  it('are not looked for where the file is not sparse or nothing can seek', () => {
    const whole = [{ first: 3, count: 7 }];
    expect(holeFinder({ ...source(), sparse: false }).runs(3, 7)).toEqual(whole);
    expect(dataRuns(source(), 3, 7, () => 'UNKNOWN')).toEqual(whole);
  });

  it('join where two extents touch one block', () => {
    const extents = [
      { from: 0, to: 100 },
      { from: 200, to: BLOCK_BYTES + 5 },
    ];
    const seek: Seek = (_, offset, whence) => {
      const at = extents.find(({ to }) => to > offset);
      if (!at) return 'NONE';
      return whence === 3 ? Math.max(at.from, offset) : at.to;
    };
    expect(dataRuns({ fd: -1, sizeBytes: 4 * BLOCK_BYTES }, 0, 4, seek)).toEqual([{ first: 0, count: 2 }]);
  });
});
