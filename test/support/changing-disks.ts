import { hash } from 'node:crypto';
import type { ObjectId } from '../../src/engine/blocks/block.ts';
import { diskEntity } from '../../src/service/model/disks/rows.ts';
import type { EngineHarness } from './engine-harness.ts';
import { MEMORY_ACCOUNT } from './memory-service.ts';
import { seededRandom } from './seeded-random.ts';

/** Which blocks a disk writes on a day; day 0 fills it. */
export interface Pattern {
  readonly name: string;
  blocksOf(day: number): readonly number[];
}

const range = (start: number, count: number) => Array.from({ length: count }, (_, at) => start + at);

/** Rewrites blocks anywhere: those of a week overlap a little. */
function scattered(): Pattern {
  const [data, daily] = [1500, 60];
  return {
    name: 'scattered',
    blocksOf: (day) => (day === 0 ? range(0, data) : some(day, daily, data)),
  };
}

/** Appends to its end, as a log does, and rewrites a little. */
function growing(): Pattern {
  const [first, daily] = [800, 12];
  return {
    name: 'growing',
    blocksOf: (day) =>
      day === 0 ? range(0, first) : [...range(first + (day - 1) * daily, daily), ...some(day, 4, first)],
  };
}

/** Rewrites the same blocks each day: a week changes hardly more than a day. */
function hot(): Pattern {
  const [data, rewritten] = [1200, 150];
  return {
    name: 'hot',
    blocksOf: (day) => (day === 0 ? range(0, data) : [...range(300, rewritten), ...some(day, 5, data)]),
  };
}

/** Each once. The same day gives the same ones. */
function some(day: number, count: number, below: number): number[] {
  const random = seededRandom(day);
  return [...new Set(Array.from({ length: count }, () => Math.floor(random() * below)))];
}

export const PATTERNS: readonly Pattern[] = [scattered(), growing(), hot()];

/** What the pattern writes on a day, committed to a disk; contents that nothing else has. */
export async function writeDay(harness: EngineHarness, diskId: string, pattern: Pattern, day: number): Promise<void> {
  const { tree, catalogue } = harness;
  const disk = await catalogue.get(diskEntity, { accountId: MEMORY_ACCOUNT, id: diskId });
  if (disk === undefined) throw new Error('no such disk');
  const blocks = [...new Set(pattern.blocksOf(day))];
  const writes = blocks.map((index) => ({ index, id: hash('sha256', `${diskId} ${day} ${index}`, 'hex') as ObjectId }));
  await harness.storeBlocks(
    disk.domainId,
    writes.map(({ id }) => id),
  );
  for (let at = 0; at < writes.length; at += 1000) {
    const head = await tree.get(MEMORY_ACCOUNT, diskId);
    const part = writes.slice(at, at + 1000);
    await tree.commit({
      accountId: MEMORY_ACCOUNT,
      headId: diskId,
      expectedVersion: head?.version ?? -1,
      writes: part,
      trims: [],
    });
  }
}
