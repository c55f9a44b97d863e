import type { StartScrubInput } from '../../generated/schema.ts';
import { equal, patch, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, notFound, VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { isAllowed } from '../calls/caller.ts';
import { once } from '../calls/once.ts';
import { idPrefix, requireId, requireOwned } from '../calls/owned.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { parseLength } from '../calls/text.ts';
import { findChain } from '../model/chains/find.ts';
import { domainIdsUnder } from '../model/disks/domains.ts';
import { findDisk } from '../model/disks/find.ts';
import { tellScrubEnded } from '../model/events/of-scrubs.ts';
import { findOwnImage } from '../model/images/find.ts';
import { register } from '../model/quotas/register.ts';
import { type ScrubRow, scrubEntity } from '../model/scrubs/rows.ts';
import { scrubsUnderWay } from '../model/scrubs/under-way.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import type { Service } from '../service.ts';
import { newScrub, PLAIN, type Scope } from './new-scrub.ts';

const KEY_CHARS = { min: 1, max: 256 };

export async function startScrub(service: Service, caller: Caller, input: StartScrubInput): Promise<ScrubRow> {
  const { clientToken, samplePercent, repair, ...wanted } = input;
  if (!(samplePercent > 0 && samplePercent <= 100)) throw invalid('samplePercent', 'must be more than 0, up to 100');
  if (repair && !isAllowed(caller.role, 'ADMIN')) {
    throw new VarveError('Forbidden', `repair needs the role ADMIN; this credential has ${caller.role}.`, {
      needed: 'ADMIN',
      role: caller.role,
    });
  }
  const scope = await parseScope(service, caller, wanted);
  const { accountId } = caller;
  const call = { accountId, operation: 'startScrub', token: clientToken, input: { ...scope, samplePercent, repair } };
  const { recorded, value } = await once(service, call, async (record) => {
    const row = newScrub(service, accountId, { ...scope, samplePercent, repair });
    const recorded = { scrubId: row.id };
    const place = { accountId, region: scope.region };
    const counted = await register(
      service,
      { ...place, kind: 'SCRUBS_AT_ONCE' },
      { id: row.id, what: `Scrubs under way in region ${scope.region}`, of: scrubsUnderWay(service.catalogue, place) },
    );
    const { ok } = await service.catalogue.transact([put(scrubEntity, row), ...counted, ...record(recorded)]);
    return ok ? { ok, value: { recorded, value: row } } : { ok, refused: [] };
  });
  const scrub = value ?? (await findScrub(service, caller, recorded.scrubId ?? ''));
  if (value !== undefined) await service.queue.send([{ kind: 'scrub', accountId, id: scrub.id }]);
  return scrub;
}

async function parseScope(
  service: Service,
  caller: Caller,
  { region, targetId, chainId, keyId }: Pick<StartScrubInput, 'region' | 'targetId' | 'chainId' | 'keyId'>,
): Promise<Scope> {
  const given = Object.entries({ targetId, chainId, keyId }).filter(([, value]) => value != null);
  const [, second] = given;
  if (second !== undefined) throw invalid(second[0], 'only one of targetId, chainId and keyId may be given');
  if (targetId != null) return { targetId, region: (await findTarget(service, caller, targetId)).region };
  if (chainId != null) return { chainId, region: (await findChain(service.catalogue, caller, chainId)).region };
  const chosen = chooseRegion(service.regions, caller, region);
  if (keyId == null) return { region: chosen };
  if (keyId === PLAIN) return { region: chosen, keyId };
  const place = { accountId: caller.accountId, region: chosen };
  const domainIds = await domainIdsUnder(service.catalogue, place, parseLength('keyId', keyId, KEY_CHARS));
  if (domainIds.size > 0) return { region: chosen, keyId };
  throw new VarveError('NotFound', `Nothing is stored under a key ${keyId}.`, { id: keyId });
}

async function findTarget(service: Service, caller: Caller, id: string): Promise<{ readonly region: string }> {
  const { catalogue } = service;
  switch (idPrefix(id)) {
    case 'd':
      return findDisk(catalogue, caller, id);
    case 's':
      return findSnapshot(catalogue, caller, id);
    case 'm':
      return findOwnImage(catalogue, caller, id);
    default:
      throw notFound('Disk, snapshot or image', id.slice(0, 64));
  }
}

export async function findScrub({ catalogue }: Service, caller: Caller, id: string): Promise<ScrubRow> {
  requireId('sc', 'Scrub', id);
  return requireOwned(caller, 'Scrub', id, await catalogue.get(scrubEntity, { accountId: caller.accountId, id }));
}

export function listScrubs(
  service: Service,
  caller: Caller,
  args: PageArgs & { readonly region?: string | null | undefined },
): Promise<Connection<ScrubRow>> {
  const partition = { accountId: caller.accountId, region: chooseRegion(service.regions, caller, args.region) };
  const sort = ['createdAt', 'id'] as const;
  return listPage(
    service.catalogue,
    { entity: scrubEntity, index: 'byCreation', partition, sort, descending: true },
    args,
  );
}

/** One that has ended stays as it ended. */
export async function cancelScrub(service: Service, caller: Caller, id: string): Promise<ScrubRow> {
  const found = await findScrub(service, caller, id);
  const { accountId } = found;
  const set = { status: 'CANCELLED', finishedAt: isoTime(service.clock.now()) } as const;
  const when = [equal('status', 'RUNNING')];
  await service.catalogue.transact([
    patch(scrubEntity, { accountId, id }, { set, remove: ['runShard'], when }),
    tellScrubEnded(service, { ...found, ...set }),
  ]);
  return findScrub(service, caller, id);
}
