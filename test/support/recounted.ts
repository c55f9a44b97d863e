import { accountNodes } from '../../src/engine/books/account-nodes.ts';
import { domainCountEntity, entryEntity, nodeEntity } from '../../src/engine/books/rows.ts';
import { type CountFault, rangesOf, recount } from '../../src/engine/health/recount.ts';
import type { EngineHarness } from './engine-harness.ts';

export const REGION_ID = 'r';

type FoundFault = CountFault & { readonly domainId: string };

/**
 * What a recount of all domains finds wrong, in so many ranges. At rest it must be able to say
 * something of everything.
 */
export async function recountedFaults(
  harness: EngineHarness,
  { ranges, atRest = true }: { readonly ranges?: number | undefined; readonly atRest?: boolean } = {},
): Promise<FoundFault[]> {
  const known = [...harness.catalogue.rows(nodeEntity), ...harness.catalogue.rows(entryEntity)];
  const accountOf = new Map(known.map(({ domainId, accountId }) => [domainId, accountId]));
  const found: FoundFault[] = [];
  const domains = new Map(harness.catalogue.rows(domainCountEntity).map((row) => [row.domainId, row.regionId]));
  for (const [domainId, regionId] of domains) {
    const owner = { accountId: accountOf.get(domainId) ?? 'nobody', regionId, domainId };
    const of = ranges ?? (await rangesOf(harness.deps, domainId));
    for (let at = 0; at < of; at++) {
      const { faults, unsettled, unreadable, lost } = await recount(harness.deps, { ...owner, at, of });
      if (unreadable.length + lost.length > 0 || (atRest && unsettled > 0))
        throw new Error(JSON.stringify({ unsettled, unreadable, lost }));
      found.push(...faults.map((fault) => ({ ...fault, domainId })));
    }
  }
  return found;
}

/** The nodes that a scrub finds, without an index, as text. */
export async function nodesFound(harness: EngineHarness, accountIds: readonly string[]): Promise<string[]> {
  const found = await Promise.all(
    accountIds.map((accountId) => accountNodes(harness.deps, { accountId, regionId: REGION_ID })),
  );
  return found.flatMap(({ nodes }) => nodes.map(({ id }) => id)).sort();
}
