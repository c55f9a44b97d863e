import type { ObjectId, Root } from '../../engine/blocks/block.ts';
import type { Cursor } from '../../engine/blocks/walk.ts';
import { type ReadBackResult, readBack } from '../../engine/health/read-back.ts';
import { domainKeys, keepDamages } from './found.ts';
import type { ScrubDeps } from './run.ts';
import type { Unit } from './units.ts';

/** Everything before the unit `atNode` is read, and of that one everything up to the block. */
export interface Place {
  readonly atNode?: string;
  readonly atBlock?: number;
  readonly atHeight?: number;
}

export interface Stretch {
  readonly result: ReadBackResult;
  readonly place: Required<Place>;
  readonly unit: Unit;
  /** How many units are read whole by now. */
  readonly whole: number;
  /** Whether this was the end of a chain. */
  readonly endsChain: boolean;
}

export interface ReadUnits {
  readonly units: readonly Unit[];
  readonly from: Place;
  readonly chosen: (id: ObjectId) => boolean;
  readonly seen: Set<string>;
  /** Names the scrub. */
  readonly seenBy: string;
  readonly until: number;
  readonly maxBytes: number;
}

/**
 * Reads units in order, a stretch at a time, and keeps what is damaged. Ends early when time is up,
 * but not before one stretch. So a caller that needed all of its time to find out what to read
 * still makes progress.
 */
export async function* readUnits(deps: ScrubDeps, job: ReadUnits): AsyncGenerator<Stretch> {
  const { units, from, chosen, seen, seenBy, until, maxBytes } = job;
  const sealed = await domainKeys(deps, units);
  let hasRead = false;
  for (const [at, unit] of units.entries()) {
    if (from.atNode !== undefined && unit.key < from.atNode) continue;
    for (let after = cursorIn(from, unit), isWhole = false; !isWhole; ) {
      if (hasRead && deps.service.clock.now() >= until) return;
      hasRead = true;
      const { accountId, regionId, domainId, root, chainId } = unit.node;
      const part = { regionId, domainId, root: root as Root, base: unit.base, after, chosen, sealed: sealed(domainId) };
      const read = await readBack(deps.engine, part, { until, maxBytes, seen });
      const damages = await keepDamages(deps, { accountId, regionId, domainId }, read.damages, {
        sealed: part.sealed,
        seenBy,
      });
      const result = { ...read, damages };
      after = result.after;
      isWhole = after === undefined;
      const endsChain = isWhole && units[at + 1]?.node.chainId !== chainId;
      yield { result, unit, endsChain, whole: isWhole ? at + 1 : at, place: placeAfter(units, at, after) };
    }
  }
}

function cursorIn({ atNode, atBlock, atHeight }: Place, { key }: Unit): Cursor | undefined {
  return atNode === key && atBlock !== undefined ? { lastBlock: atBlock, height: atHeight ?? 0 } : undefined;
}

const BEFORE_ALL: Cursor = { lastBlock: -1, height: 0 };

function placeAfter(units: readonly Unit[], at: number, after: Cursor | undefined): Required<Place> {
  const { lastBlock: atBlock, height: atHeight } = after ?? BEFORE_ALL;
  const key = units[at]?.key ?? '';
  return { atNode: after === undefined ? (units[at + 1]?.key ?? `${key}~`) : key, atBlock, atHeight };
}
