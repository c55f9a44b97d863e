import { VarveError } from '../../platform/errors.ts';
import { pagesOfKeys } from '../../platform/objects/pages-of-keys.ts';
import { type ObjectId, objectKey, type Root } from '../blocks/block.ts';
import { walk } from '../blocks/walk.ts';
import { type AccountNodes, accountNodes } from '../books/account-nodes.ts';
import { readObjectRows } from '../books/object-rows.ts';
import { domainCountEntity, type NodeRow, type ObjectRow } from '../books/rows.ts';
import { type EngineDeps, pagesOf } from '../deps.ts';
import { touchedBetween } from './touched.ts';

/** A stretch of the ids of one domain: `at` of `of` parts of equal size. */
export interface IdRange {
  readonly accountId: string;
  readonly regionId: string;
  readonly domainId: string;
  readonly at: number;
  readonly of: number;
}

/**
 * COUNT: refs is not what I1 says. NO_ROW: referred to, but without a row. MISSING: not in the
 * store. LENGTH: stored with another length.
 */
export type CountFaultKind = 'COUNT' | 'NO_ROW' | 'MISSING' | 'LENGTH';

export interface CountFault {
  /** At least one. */
  readonly kinds: readonly CountFaultKind[];
  readonly id: ObjectId;
  /** Absent where nothing refers to it, as then nothing says what it is. */
  readonly isPage?: boolean;
  /** What I1 says. */
  readonly expected: number;
  readonly row?: ObjectRow;
  /** In the store; absent where it is missing. */
  readonly storedBytes?: number;
}

export interface Recount {
  readonly objects: number;
  readonly faults: readonly CountFault[];
  /** Objects of which nothing can be said, as they are being changed all the while. */
  readonly unsettled: number;
  /**
   * Nodes whose pages are damaged: while there are any, counts cannot be known, and are not looked
   * at.
   */
  readonly unreadable: readonly string[];
  /** Nodes that the bucket tells of and the catalogue has not. */
  readonly lost: readonly string[];
}

/** Expected counts that one pass holds in memory, at some 150 bytes each. */
const RANGE_OBJECTS = 250_000;
const LIST_PAGE = 1000;

/** In how many ranges a domain is recounted. */
export async function rangesOf(deps: Pick<EngineDeps, 'catalogue'>, domainId: string): Promise<number> {
  const { rows } = await deps.catalogue.list(domainCountEntity, { partition: { domainId }, limit: 100 });
  const objects = rows.reduce((sum, row) => sum + row.objects, 0);
  return Math.max(1, Math.ceil(objects / RANGE_OBJECTS));
}

/**
 * I6: counts the references of I1 again from the nodes, and compares them and the listing of the
 * store with the rows. Others go on writing meanwhile, so what differs is counted a second time. It
 * is a fault only if it differs in the same way again, and no change in between or under way in the
 * ledger has to do with it.
 */
export async function recount(deps: EngineDeps, range: IdRange): Promise<Recount> {
  const first = await pass(deps, range);
  if (first.faults.length === 0 || first.unreadable.length > 0) return { ...first, unsettled: 0 };
  const second = await pass(deps, range);
  const after = await accountNodes(deps, range);
  const same = second.faults.filter((fault) => first.faults.some((before) => isSame(before, fault)));
  const touched = await touchedBetween(
    deps,
    range,
    [first.state, second.state, after],
    new Set(same.map(({ id }) => id)),
  );
  const faults = touched === 'too many' ? [] : same.filter(({ id }) => !touched.has(id));
  return { ...second, faults, unsettled: second.faults.length - faults.length };
}

interface Pass {
  readonly state: AccountNodes;
  readonly objects: number;
  readonly faults: readonly CountFault[];
  readonly unreadable: readonly string[];
  readonly lost: readonly string[];
}

async function pass(deps: EngineDeps, range: IdRange): Promise<Pass> {
  const state = await accountNodes(deps, range);
  const { lost } = state;
  const mine = state.nodes.filter(({ domainId }) => domainId === range.domainId);
  const { expected, unreadable } = await expectedCounts(deps, range, mine);
  if (unreadable.length > 0) return { state, objects: 0, faults: [], unreadable, lost };
  const { objects, faults } = await compare(deps, range, expected);
  return { state, objects, faults, unreadable, lost };
}

interface Expected {
  readonly count: number;
  readonly isPage: boolean;
}

async function expectedCounts(deps: EngineDeps, range: IdRange, nodes: readonly NodeRow[]) {
  const expected = new Map<ObjectId, Expected>();
  const unreadable: string[] = [];
  const inRange = rangeTest(range);
  for (const node of nodes) {
    try {
      const roots = [node.root as Root, node.parentRoot as Root];
      for await (const places of walk(pagesOf(deps, node), roots, ([id, base]) => id !== undefined && id !== base)) {
        for (const { ids, height } of places) {
          const [id, base] = ids;
          if (id === undefined || id === base || !inRange(id)) continue;
          expected.set(id, { count: (expected.get(id)?.count ?? 0) + 1, isPage: height > 0 });
        }
      }
    } catch (error) {
      if (!(error instanceof VarveError) || error.code !== 'ObjectDamaged') throw error;
      unreadable.push(node.id);
    }
  }
  return { expected, unreadable };
}

const RANGE_DIGITS = 8;

/** The first digits of a range's first id, and of the first behind it. */
function bounds({ at, of }: IdRange): { from: string; to: string } {
  const digits = (part: number): string =>
    Math.floor((part / of) * 16 ** RANGE_DIGITS)
      .toString(16)
      .padStart(RANGE_DIGITS, '0');
  return { from: digits(at), to: at + 1 === of ? 'g' : digits(at + 1) }; // g is above every digit
}

function rangeTest(range: IdRange): (id: ObjectId) => boolean {
  const { from, to } = bounds(range);
  return (id) => id >= from && id < to;
}

/** Takes from `expected` what it finds; what is left then is missing. */
async function compare(
  deps: EngineDeps,
  range: IdRange,
  expected: Map<ObjectId, Expected>,
): Promise<{ objects: number; faults: CountFault[] }> {
  const { domainId } = range;
  const faults: CountFault[] = [];
  let objects = 0;
  for await (const stored of storedObjects(deps, range)) {
    objects += stored.size;
    const rows = await readObjectRows(deps.catalogue, domainId, stored.keys());
    for (const [id, storedBytes] of stored) {
      faults.push(...faultsOf({ id, ...said(expected.get(id)), storedBytes }, rows.get(id)));
      expected.delete(id);
    }
  }
  objects += expected.size;
  const rest = [...expected];
  for (let at = 0; at < rest.length; at += LIST_PAGE) {
    const some = rest.slice(at, at + LIST_PAGE);
    const rows = await readObjectRows(
      deps.catalogue,
      domainId,
      some.map(([id]) => id),
    );
    for (const [id, each] of some) faults.push(...faultsOf({ id, ...said(each) }, rows.get(id)));
  }
  return { objects, faults };
}

const said = (expected: Expected | undefined) =>
  expected === undefined ? { expected: 0 } : { expected: expected.count, isPage: expected.isPage };

async function* storedObjects(deps: EngineDeps, range: IdRange): AsyncGenerator<Map<ObjectId, number>> {
  const prefix = objectKey(range.domainId, '' as ObjectId);
  const { from, to } = bounds(range);
  for await (const keys of pagesOfKeys(deps.objects(range.regionId), prefix, `${prefix}${from}`)) {
    const ids = keys.map(({ key, sizeBytes }) => [key.slice(prefix.length) as ObjectId, sizeBytes] as const);
    const inRange = ids.filter(([id]) => id < to);
    yield new Map(inRange);
    if (inRange.length < ids.length) return;
  }
}

/**
 * An object without a row and without references is an upload on its way, or an orphan that the
 * search for these finds.
 */
function faultsOf(
  seen: Pick<CountFault, 'id' | 'isPage' | 'expected' | 'storedBytes'>,
  row: ObjectRow | undefined,
): CountFault[] {
  if (row === undefined && seen.expected === 0) return [];
  const kinds: CountFaultKind[] = [];
  if (row === undefined) kinds.push('NO_ROW');
  else if (row.refs !== seen.expected) kinds.push('COUNT');
  if (seen.storedBytes === undefined) kinds.push('MISSING');
  else if (row !== undefined && row.storedBytes !== seen.storedBytes) kinds.push('LENGTH');
  return kinds.length === 0 ? [] : [{ kinds, ...seen, ...(row !== undefined && { row }) }];
}

function isSame(a: CountFault, b: CountFault): boolean {
  const fingerprint = ({ kinds, id, expected, row, storedBytes }: CountFault) =>
    [...kinds, id, expected - (row?.refs ?? 0), row?.storedBytes, storedBytes].join();
  return fingerprint(a) === fingerprint(b);
}
