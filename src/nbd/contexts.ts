import { STATE } from './constants.ts';
import type { Extent, ExtentContext } from './device.ts';

/** A kind of information that BLOCK_STATUS gives. */
export interface MetaContext {
  readonly name: string;
  readonly namespace: string;
  readonly leaf: string;
  /** Stands for it in replies. */
  readonly id: number;
  readonly source: ExtentContext;
  flags(extent: Extent): number;
}

export const META_CONTEXTS: readonly MetaContext[] = [
  {
    name: 'base:allocation',
    namespace: 'base',
    leaf: 'allocation',
    id: 1,
    source: 'allocation',
    flags: ({ hole, zero }) => (hole ? STATE.HOLE : 0) | (zero ? STATE.ZERO : 0),
  },
  {
    name: 'varve:dirty',
    namespace: 'varve',
    leaf: 'dirty',
    id: 2,
    source: 'dirty',
    flags: ({ dirty }) => (dirty ? STATE.DIRTY : 0),
  },
];

export interface ContextQuery {
  readonly namespace: string;
  readonly leaf: string;
}

/** Nothing where it has no namespace. */
export function parseQuery(text: string): ContextQuery | undefined {
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { namespace: text.slice(0, colon), leaf: text.slice(colon + 1) };
}

/** No query at all asks for everything, and an empty leaf for all of a namespace. */
export function listContexts(queries: readonly ContextQuery[]): readonly MetaContext[] {
  if (queries.length === 0) return META_CONTEXTS;
  return META_CONTEXTS.filter((context) =>
    queries.some(({ namespace, leaf }) => namespace === context.namespace && (leaf === '' || leaf === context.leaf)),
  );
}

/** Only full names select; what is unknown selects nothing. */
export function selectContexts(queries: readonly ContextQuery[]): readonly MetaContext[] {
  return META_CONTEXTS.filter((context) =>
    queries.some(({ namespace, leaf }) => namespace === context.namespace && leaf === context.leaf),
  );
}

/** A run of one status, as BLOCK_STATUS gives it. */
export interface StatusRun {
  readonly lengthBytes: number;
  readonly flags: number;
}

/** Extents joined where their status is the same, cut at `lengthBytes`. */
export function statusRuns(context: MetaContext, extents: readonly Extent[], lengthBytes: number): StatusRun[] {
  const runs: { lengthBytes: number; flags: number }[] = [];
  let left = lengthBytes;
  for (const extent of extents) {
    if (left === 0) break;
    const bytes = Math.min(extent.lengthBytes, left);
    if (bytes === 0) continue;
    left -= bytes;
    const flags = context.flags(extent);
    const last = runs.at(-1);
    if (last?.flags === flags) last.lengthBytes += bytes;
    else runs.push({ lengthBytes: bytes, flags });
  }
  return runs;
}
