import { blockCount, isObjectId, type ObjectId, PAGE_FANOUT, type Root } from '../../engine/blocks/block.ts';
import { RootBuilder } from '../../engine/blocks/root-builder.ts';
import { ClientError } from '../errors.ts';
import type { Datapath, PageMap } from '../service/datapath.ts';
import { contradiction } from './contradiction.ts';

/**
 * Contents as somebody knows them who does not have them: the root names them, but does not know
 * the size.
 */
export interface ExpectedContents {
  readonly root: string;
  readonly sizeBytes: number;
  /** Left out where any version with these contents will do. */
  readonly version?: number | undefined;
}

/**
 * A version whose leaf pages have been proved by its root: a map that names other blocks is found
 * out page by page.
 */
export interface ProvedPages {
  readonly source: string;
  readonly root: Root;
  readonly sizeBytes: number;
  readonly version: number;
  /** In ascending order; a page that is not there is all holes. 32 bytes for 512 MiB. */
  readonly leaves: ReadonlyMap<number, ObjectId>;
}

/** What every answer about a version says of it. */
type Stated = Pick<PageMap, 'root' | 'sizeBytes' | 'version'>;

const OTHER_VERSION_TRIES = 8; // each one lost to a commit of the disk's writer

/**
 * Asks for the leaf pages of `source` and proves them by the root that `expect` gives. It is asked
 * again if a writer has made a new version of a disk in between.
 */
export async function provePages(
  datapath: Datapath,
  source: string,
  expect: () => Promise<ExpectedContents | undefined>,
): Promise<ProvedPages> {
  for (let attempt = 1; ; attempt++) {
    const expected = await expect();
    try {
      return await readPages(datapath, source, expected);
    } catch (error) {
      const isOther = error instanceof ClientError && error.code === 'VersionConflict';
      if (!isOther || attempt === OTHER_VERSION_TRIES) throw error;
    }
  }
}

async function readPages(
  datapath: Datapath,
  source: string,
  expected: ExpectedContents | undefined,
): Promise<ProvedPages> {
  let stated: Stated | undefined;
  const leaves = await readLeafPages(source, async (startIndex) => {
    const wanted = stated ?? expected;
    const expectedVersion = source.startsWith('s-') ? undefined : wanted?.version;
    const map = await datapath.pageMap({ source, startIndex, expectedVersion });
    requireStated(source, wanted ?? map, map);
    stated ??= map;
    return map;
  });
  const { root, sizeBytes, version } = stated as Stated;
  const builder = new RootBuilder(1);
  for (const [index, id] of leaves) builder.add(index, id);
  const built = builder.finish();
  if (built !== root) throw contradiction(source, { what: 'its page map', expected: root, came: built });
  return { source, root, sizeBytes, version, leaves };
}

/**
 * All leaf pages of `source` in ascending order, answer by answer. `ask` refuses an answer about
 * other contents. Nothing here proves them by a root.
 */
export async function readLeafPages(
  source: string,
  ask: (startIndex: number) => Promise<PageMap>,
): Promise<ReadonlyMap<number, ObjectId>> {
  const leaves = new Map<number, ObjectId>();
  for (let next: number | null = 0; next !== null; ) {
    const start: number = next;
    const map = await ask(start);
    const end = Math.ceil(blockCount(map.sizeBytes) / PAGE_FANOUT);
    for (const { index, id } of requireOrder(source, map.pages, { start, end, next: map.nextIndex })) {
      leaves.set(index, id);
    }
    next = map.nextIndex;
  }
  return leaves;
}

/** Throws unless an answer is about the contents that it should be about. */
export function requireStated(source: string, expected: ExpectedContents, answer: ExpectedContents): void {
  for (const field of ['root', 'sizeBytes', 'version'] as const) {
    const [wanted, came] = [expected[field], answer[field]];
    if (wanted === undefined || came === undefined || wanted === came) continue;
    throw contradiction(source, { what: `an answer of another ${NAMES[field]}`, expected: wanted, came });
  }
  if (!Number.isSafeInteger(answer.sizeBytes) || answer.sizeBytes <= 0) {
    throw contradiction(source, { what: 'an answer', expected: 'a size', came: answer.sizeBytes });
  }
}

const NAMES = { root: 'root', sizeBytes: 'size', version: 'version' } as const;

interface Asked {
  readonly start: number;
  /** Of the source. */
  readonly end: number;
  /** What the answer says where to go on. */
  readonly next: number | null;
}

/**
 * The parts of a map, if each is where it may be: ascending, from `start` on, and before the place
 * where the next answer begins.
 */
export function requireOrder<Named extends { readonly index: number; readonly id: ObjectId }>(
  source: string,
  named: readonly Named[],
  { start, end, next }: Asked,
): readonly Named[] {
  const refuse = (expected: string, came: number | string) =>
    contradiction(source, { what: 'a map out of order', expected, came });
  const stop = next ?? end;
  if (!Number.isSafeInteger(stop) || stop > end || (next !== null && next <= start)) {
    throw refuse(`an end between ${start} and ${end}`, stop);
  }
  let least = start;
  for (const { index, id } of named) {
    if (!Number.isSafeInteger(index) || index < least || index >= stop) {
      throw refuse(`an index between ${least} and ${stop - 1}`, index);
    }
    if (!isObjectId(id)) throw refuse('an object’s id', id);
    least = index + 1;
  }
  return named;
}
