import { entryEntity } from '../../engine/books/rows.ts';
import type { JobFilter } from '../../generated/schema.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { pagesOfRows } from '../../platform/catalogue/rows-of.ts';
import type { Clock } from '../../platform/clock.ts';
import { isFromTheFuture } from '../../platform/time/clock-trust.ts';
import type { Caller } from '../calls/caller.ts';
import { requireId, requireOwned } from '../calls/owned.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { type Job, type JobRow, jobEntity } from '../model/jobs/rows.ts';
import type { Service } from '../service.ts';

/**
 * The index of ledger entries may lag behind by moments: younger jobs count as pending in any case.
 */
const INDEX_LAG_MS = 1000;
const PAGE = 1000;
const MAX_PAGES = 2;

interface JobDeps {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
}

export interface JobList extends PageArgs {
  readonly region?: string | null | undefined;
  readonly filter?: JobFilter | null | undefined;
}

export async function findJob(deps: JobDeps, caller: Caller, id: string): Promise<Job> {
  requireId('j', 'Job', id);
  const row = await deps.catalogue.get(jobEntity, { accountId: caller.accountId, id });
  const track = await tracker(deps, caller.accountId);
  return track(requireOwned(caller, 'Job', id, row));
}

export async function listJobs(service: Service, caller: Caller, args: JobList): Promise<Connection<Job>> {
  const { accountId } = caller;
  const region = chooseRegion(service.regions, caller, args.region);
  const track = await tracker(service, accountId);
  const { kind, status, diskId } = args.filter ?? {};
  const matches = (row: JobRow): boolean =>
    (kind == null || kind.includes(row.kind)) &&
    (status == null || status.includes(track(row).status)) &&
    (diskId == null || diskId === row.diskId);
  const sort = ['createdAt', 'id'] as const;
  const listing = {
    entity: jobEntity,
    index: 'byCreation' as const,
    partition: { accountId, region },
    sort,
    descending: true,
    matches,
  };
  const page = await listPage(service.catalogue, listing, args);
  const edges = page.edges.map(({ cursor, node }) => ({ cursor, node: track(node) }));
  return { edges, nodes: edges.map(({ node }) => node), pageInfo: page.pageInfo };
}

/**
 * A job is done when no ledger entry carries it any more. Where there are too many to look at, it
 * counts as pending.
 */
async function tracker({ catalogue, clock }: JobDeps, accountId: string): Promise<(row: JobRow) => Job> {
  const open = await openJobs(catalogue, accountId);
  const now = clock.now();
  // A job that was made while the clock was ahead is not young because of that.
  const isYoung = ({ createdAt }: JobRow) =>
    Date.parse(createdAt) > now - INDEX_LAG_MS && !isFromTheFuture(createdAt, now);
  return (row) => {
    const isPending = open === 'too many' || open.has(row.id) || isYoung(row);
    return { ...row, status: isPending ? 'PENDING' : 'SUCCEEDED' };
  };
}

async function openJobs(catalogue: Catalogue, accountId: string): Promise<ReadonlySet<string> | 'too many'> {
  const open = new Set<string>();
  const query = { index: 'byAccount' as const, partition: { changesOf: accountId }, pageSize: PAGE };
  let pages = 0;
  for await (const { rows, more } of pagesOfRows(catalogue, entryEntity, query)) {
    for (const { jobId } of rows) if (jobId !== undefined) open.add(jobId);
    if (more && ++pages === MAX_PAGES) return 'too many';
  }
  return open;
}
