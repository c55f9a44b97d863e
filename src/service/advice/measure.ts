import type { Root } from '../../engine/blocks/block.ts';
import { isMeasured } from '../../engine/books/nodes.ts';
import type { NodeRow } from '../../engine/books/rows.ts';
import type { ChangePoint } from '../model/advice/curve.ts';
import type { Measured } from '../model/advice/forecast.ts';
import { snapshotEntity } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';
import { hoursBetween, type Pair, pairsApart, type Taken } from './pairs.ts';

/** The newest so many are compared: what changed long ago says little of what will. */
const MOST_SNAPSHOTS = 64;
/** An average of so many pairs is taken for each interval. */
const MOST_PAIRS = 6;
/** Intervals that a policy can have are more; see {@link spread}. */
const MOST_AGES = 8;
/**
 * Pages of block maps, each of 512 MiB of a disk: of one pair, and of all of a disk. What is beyond
 * is not measured. A pair that follows one after the other in the chain costs none.
 */
const PAGES_OF_PAIR = 512;
const PAGES_OF_DISK = 2048;

export interface MeasuredPoint extends ChangePoint {
  readonly pairs: number;
}

export interface MeasuredChain extends Measured {
  readonly points: readonly MeasuredPoint[];
}

/**
 * How much of a disk changes within each of these times: by pairs of its `snapshots`, oldest first,
 * that are so far apart. Undefined without a snapshot whose sizes are known.
 */
export async function measureChain(
  service: Pick<Service, 'catalogue' | 'contents'>,
  snapshots: readonly NodeRow[],
  wantedHours: readonly number[],
): Promise<MeasuredChain | undefined> {
  const taken = await whenTaken(service.catalogue, snapshots.slice(-MOST_SNAPSHOTS));
  const newest = taken.findLast(({ node }) => isMeasured(node))?.node;
  if (newest === undefined) return undefined;
  const budget = { pages: PAGES_OF_DISK };
  const points: MeasuredPoint[] = [];
  for (const hours of spread(wantedHours)) {
    const point = await measurePoint(service, pairsApart(taken, hours, MOST_PAIRS), budget);
    if (point !== undefined && !points.some(({ ageHours }) => ageHours === point.ageHours)) points.push(point);
  }
  const { totalBlocks, totalBytes } = newest;
  return { totalBlocks, totalBytes, points, bytesPerBlock: bytesPerBlock(taken) };
}

/** Oldest first. Only those of the newest one's domain can be compared with it. */
async function whenTaken(catalogue: Service['catalogue'], nodes: readonly NodeRow[]): Promise<Taken[]> {
  const alike = nodes.filter(({ domainId }) => domainId === nodes.at(-1)?.domainId);
  const rows = await catalogue.getMany(
    snapshotEntity,
    alike.map(({ accountId, id }) => ({ accountId, id })),
  );
  return alike
    .flatMap((node, at) => {
      const row = rows[at];
      return row?.status === 'ACCOMPLISHED' ? [{ atMs: Date.parse(row.createdAt), node }] : [];
    })
    .sort((a, b) => a.atMs - b.atMs);
}

/** Each once, in ascending order; where there are many, some of them, with the first and last. */
function spread(hours: readonly number[]): number[] {
  const all = [...new Set(hours)].sort((a, b) => a - b);
  if (all.length <= MOST_AGES) return all;
  const at = (step: number) => all[Math.round((step * (all.length - 1)) / (MOST_AGES - 1))] as number;
  return [...new Set(Array.from({ length: MOST_AGES }, (_, step) => at(step)))];
}

interface Budget {
  pages: number;
}

async function measurePoint(
  { contents }: Pick<Service, 'contents'>,
  pairs: readonly Pair[],
  budget: Budget,
): Promise<MeasuredPoint | undefined> {
  const sum = { pairs: 0, blocks: 0, hours: 0 };
  for (const pair of pairs) {
    const blocks = ownBlocks(pair) ?? (await compare(contents, pair, budget));
    if (blocks === undefined) continue;
    sum.pairs++;
    sum.blocks += blocks;
    sum.hours += hoursBetween(pair);
  }
  if (sum.pairs === 0) return undefined;
  const ageHours = Math.max(1, Math.round(sum.hours / sum.pairs));
  return { ageHours, blocks: sum.blocks / sum.pairs, pairs: sum.pairs };
}

/** What the engine keeps exact of two that follow one after the other. */
function ownBlocks({ older, newer }: Pair): number | undefined {
  const { node } = newer;
  const isNext = node.parentRoot === older.node.root && isMeasured(node);
  return isNext ? node.ownBlocks : undefined;
}

async function compare(
  contents: Service['contents'],
  { older, newer }: Pair,
  budget: Budget,
): Promise<number | undefined> {
  const limit = Math.min(PAGES_OF_PAIR, budget.pages);
  const { domainId, regionId, root } = newer.node;
  const at = { domainId, regionId, root: root as Root };
  const counted = limit === 0 ? undefined : await contents.countChanged(at, older.node.root as Root, limit);
  budget.pages -= counted?.pages ?? limit;
  return counted?.blocks;
}

/** Of blocks that changed; of all blocks where none did. */
function bytesPerBlock(taken: readonly Taken[]): number {
  const nodes = taken.map(({ node }) => node).filter(isMeasured);
  const later = nodes.slice(1);
  return average(later, 'ownBytes', 'ownBlocks') ?? average(nodes, 'totalBytes', 'totalBlocks') ?? 0;
}

function average(
  nodes: readonly NodeRow[],
  bytes: 'ownBytes' | 'totalBytes',
  blocks: 'ownBlocks' | 'totalBlocks',
): number | undefined {
  const sum = (name: typeof bytes | typeof blocks) => nodes.reduce((total, node) => total + node[name], 0);
  return sum(blocks) === 0 ? undefined : sum(bytes) / sum(blocks);
}
