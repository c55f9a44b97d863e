import { type Figures, median } from '../figures.ts';
import { CLONE_OPERATIONS } from '../measures/growth.ts';
import type { Sizes } from '../sizes.ts';
import { judged } from './judge.ts';
import { milliseconds, times } from './numbers.ts';
import type { Row } from './rows.ts';
import { TARGETS } from './targets.ts';

/** What it costs to free a block. */
export function reclaimRows(figures: Figures): Row[] {
  const units = (value: number) => value.toFixed(2);
  return [
    ...judged('objects freed a second', figures.of('reclaim objects/s'), { format: (value) => value.toFixed(0) }),
    ...judged('S3 requests an object', figures.of('reclaim s3'), { format: units, bound: TARGETS.reclaimS3 }),
    ...judged('DynamoDB write units an object, indexes included', figures.of('reclaim write units'), {
      format: units,
      bound: TARGETS.reclaimWriteUnits,
    }),
    ...judged('  before that, dropping its last reference', figures.of('reclaim drop write units'), { format: units }),
  ];
}

/**
 * Each kind of deletion in the smallest and in the others, with the largest's ratio to the
 * smallest; and calls among clones.
 */
export function growthRows(figures: Figures, { chainLengths, storeBlocks, clones }: Sizes): Row[] {
  return [
    ...deletionRows(figures, 'chain', chainLengths, (length) => `deletion out of ${length} snapshots`),
    ...deletionRows(figures, 'store', storeBlocks, (blocks) => `deletion in a disk of ${blocks} blocks`),
    ...CLONE_OPERATIONS.flatMap((operation) => cloneRows(figures, operation, clones)),
    ...cloneRows(figures, 'work', clones),
    ...(['write units', 'requests'] as const).flatMap((what) => countedCloneRows(figures, what, clones)),
  ];
}

const MEASURES = [
  { name: 'answer ms', what: 'answer', format: milliseconds },
  { name: 'done ms', what: 'background work done', format: milliseconds },
  { name: 'write units', what: 'DynamoDB write units', format: (value: number) => value.toFixed(0) },
  { name: 'requests', what: 'requests to DynamoDB and S3', format: (value: number) => value.toFixed(0) },
] as const;

function deletionRows(
  figures: Figures,
  kind: 'chain' | 'store',
  scales: readonly number[],
  title: (scale: number) => string,
): Row[] {
  return MEASURES.flatMap(({ name, what, format }) => {
    const of = (scale: number | undefined) => figures.of(`growth ${kind} ${scale} ${name}`);
    return [
      ...scales.flatMap((scale) => judged(`${title(scale)}: ${what}`, of(scale), { format })),
      ...growth(of(scales[0]), of(scales.at(-1))),
    ];
  });
}

function cloneRows(figures: Figures, operation: string, clones: number): Row[] {
  const of = (among: string) => figures.of(`growth ${operation} among ${among} ms`);
  const title = operation === 'work' ? 'background work of both deletions' : operation;
  return [
    ...judged(`${title}, no other clones`, of('few'), { format: milliseconds }),
    ...judged(`${title}, ${clones} other clones`, of('many'), { format: milliseconds }),
    ...growth(of('few'), of('many')),
  ];
}

function countedCloneRows(figures: Figures, what: string, clones: number): Row[] {
  const of = (among: string) => figures.of(`growth calls among ${among} ${what}`);
  const format = (value: number) => value.toFixed(0);
  return [
    ...judged(`all of these and their work, no other clones: ${what}`, of('few'), { format }),
    ...judged(`all of these and their work, ${clones} other clones: ${what}`, of('many'), { format }),
    ...growth(of('few'), of('many')),
  ];
}

function growth(least: readonly number[], most: readonly number[]): Row[] {
  if (least.length === 0 || most.length === 0) return [];
  return judged('  most to least', [median(most) / median(least)], { format: times, bound: TARGETS.largeOfSmall });
}
