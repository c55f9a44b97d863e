import type { AccountNodes } from '../../engine/books/account-nodes.ts';
import { accountNodes } from '../../engine/books/account-nodes.ts';
import type { EngineDeps } from '../../engine/deps.ts';
import { rangesOf, recount } from '../../engine/health/recount.ts';
import { equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { domainIdsUnder } from '../model/disks/domains.ts';
import { tellScrubEnded } from '../model/events/of-scrubs.ts';
import { type ScrubRow, scrubEntity } from '../model/scrubs/rows.ts';
import type { Service } from '../service.ts';
import { describeFault, settleFault } from './faults.ts';
import { domainKeys, traceDamages } from './found.ts';
import { PLAIN } from './new-scrub.ts';
import { readUnits } from './read-units.ts';
import { sampleOf, type Unit, unitsOf } from './units.ts';
import { noteVerified } from './verified.ts';

/** What background work of scrubs needs: the service's rows, and the engine below them. */
export interface ScrubDeps {
  readonly service: Pick<Service, 'catalogue' | 'clock' | 'ids' | 'queue'>;
  readonly engine: EngineDeps;
}

export type ScrubOutcome = 'done' | 'more' | 'gone';

const STRETCH_BYTES = 256 * 1024 * 1024; // between two checkpoints: seconds of reading
const MOST_FINDINGS = 100;

/**
 * Goes on with a scrub until it is done or time is up, by one step at least. Can be killed
 * anywhere, and run by several at once: all but one are refused.
 */
export async function runScrub(
  deps: ScrubDeps,
  { accountId, id }: { readonly accountId: string; readonly id: string },
  until: number,
): Promise<ScrubOutcome> {
  const { catalogue, clock } = deps.service;
  let scrub = await catalogue.get(scrubEntity, { accountId, id });
  const seen = new Set<string>();
  for (let step = 1; ; step++) {
    if (scrub?.status !== 'RUNNING') return 'gone';
    if (step > 1 && clock.now() >= until) return 'more';
    const nodes = await accountNodes(deps.engine, { accountId, regionId: scrub.region });
    const units = unitsOf({ ...scrub, domainIds: await domainIdsOf(deps, scrub) }, nodes);
    const run = { deps, nodes, units, until, seen };
    const next: ScrubRow | undefined =
      scrub.phase === 'CONTENTS'
        ? await readOn(run, scrub)
        : scrub.phase === 'COUNTS'
          ? await countOn(run, scrub)
          : await finish(run, scrub);
    if (next === undefined) return 'gone'; // somebody else is at it, or it was cancelled
    if (next.status !== 'RUNNING') return 'done';
    scrub = next;
  }
}

/** Undefined: all. */
async function domainIdsOf({ service }: ScrubDeps, { accountId, region, keyId, domainId }: ScrubRow) {
  if (domainId !== undefined) return new Set([domainId]);
  if (keyId === undefined) return undefined;
  return domainIdsUnder(service.catalogue, { accountId, region }, keyId === PLAIN ? undefined : keyId);
}

interface Run {
  readonly deps: ScrubDeps;
  readonly nodes: AccountNodes;
  readonly units: readonly Unit[];
  readonly until: number;
  readonly seen: Set<string>;
}

/**
 * Reads until time is up; the nodes are those of the beginning of this call, what is committed
 * meanwhile was just uploaded.
 */
async function readOn({ deps, units, until, seen }: Run, begun: ScrubRow): Promise<ScrubRow | undefined> {
  const chosen = sampleOf(begun.samplePercent, begun.id);
  let scrub: ScrubRow = begun;
  const versions = units.length;
  for await (const stretch of readUnits(deps, {
    units,
    from: begun,
    chosen,
    seen,
    seenBy: begun.id,
    until,
    maxBytes: STRETCH_BYTES,
  })) {
    const { result, place, unit, whole, endsChain } = stretch;
    const next = await checkpoint(deps, scrub, {
      ...place,
      versions,
      versionsRead: whole,
      objectsRead: scrub.objectsRead + result.objects,
      bytesRead: scrub.bytesRead + result.bytes,
      damaged: scrub.damaged + result.damages.length,
    });
    if (next === undefined) return undefined;
    scrub = next;
    if (endsChain && scrub.targetId === undefined && scrub.samplePercent >= 100) await noteVerified(deps, unit.node);
  }
  if (scrub.versionsRead < versions) return scrub;
  return checkpoint(deps, scrub, { phase: 'COUNTS', versions, versionsRead: versions });
}

/** One range of one domain. */
async function countOn({ deps, units }: Run, scrub: ScrubRow): Promise<ScrubRow | undefined> {
  const domains = [...new Set(units.map(({ node }) => node.domainId))].sort();
  const domainId = domains.find((id) => id >= (scrub.atDomain ?? ''));
  if (domainId === undefined) return checkpoint(deps, scrub, { phase: 'TRACE' });
  const of = await rangesOf(deps.engine, domainId);
  const at = domainId === scrub.atDomain ? (scrub.atRange ?? 0) : 0;
  if (at >= of) return checkpoint(deps, scrub, { atDomain: `${domainId}~`, atRange: 0 });
  const owner = { accountId: scrub.accountId, regionId: scrub.region, domainId };
  const counted = await recount(deps.engine, { ...owner, at, of });
  const isSealed = (await domainKeys(deps, units))(domainId);
  const sum = { wrongCounts: scrub.wrongCounts, mended: scrub.mended, damaged: scrub.damaged };
  const findings = [
    ...counted.lost.map((id) => `the bucket tells of ${id}, which the catalogue does not have: rebuild brings it back`),
    ...counted.unreadable.map((id) => `references could not be counted, as pages of ${id} are damaged`),
  ];
  for (const fault of counted.faults) {
    const settled = await settleFault(deps.engine, owner, fault, {
      repair: scrub.repair,
      sealed: isSealed,
      seenBy: scrub.id,
    });
    if (settled.damaged) sum.damaged++;
    if (settled.wrong) {
      sum.wrongCounts++;
      findings.push(describeFault(domainId, fault, settled.mended));
    }
    if (settled.mended) sum.mended++;
  }
  return checkpoint(deps, scrub, {
    ...sum,
    objectsCounted: scrub.objectsCounted + counted.objects,
    unsettled: scrub.unsettled + counted.unsettled,
    findings: [...new Set([...scrub.findings, ...findings])].slice(0, MOST_FINDINGS),
    atDomain: domainId,
    atRange: at + 1,
  });
}

async function finish({ deps, nodes }: Run, scrub: ScrubRow): Promise<ScrubRow | undefined> {
  await traceDamages(deps, { accountId: scrub.accountId, regionId: scrub.region }, nodes);
  return checkpoint(deps, scrub, { status: 'SUCCEEDED', finishedAt: isoTime(deps.service.clock.now()) });
}

async function checkpoint(
  { service }: ScrubDeps,
  scrub: ScrubRow,
  change: Partial<ScrubRow>,
): Promise<ScrubRow | undefined> {
  const { accountId, id, step } = scrub;
  const when = [equal('step', step), equal('status', 'RUNNING')];
  const place = { runShard: scrub.runShard ?? 0, touchedAt: isoTime(service.clock.now()) };
  const ends = change.status !== undefined;
  const set = { ...change, step: step + 1, ...(ends ? {} : place) };
  const write = patch(scrubEntity, { accountId, id }, { set, remove: ends ? ['runShard'] : [], when });
  const told = ends ? [tellScrubEnded(service, { ...scrub, ...change })] : [];
  return (await service.catalogue.transact([write, ...told])).ok ? { ...scrub, ...set } : undefined;
}
