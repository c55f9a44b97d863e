import type { ImportImageInput } from '../../generated/schema.ts';
import { put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { getAccount } from '../accounts/accounts.ts';
import { getSnapshotService, requireOpen } from '../accounts/snapshot-service.ts';
import type { Caller } from '../calls/caller.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { chooseRegion } from '../calls/regions.ts';
import { parseTags } from '../calls/tags.ts';
import { parseDescription, parseName } from '../calls/text.ts';
import { requireQuota, snapshotLimit } from '../chains/counts.ts';
import { requireAble } from '../model/accounts/arrears.ts';
import { ensureDomain } from '../model/disks/domains.ts';
import { findImport } from '../model/imports/find.ts';
import { type ImportRow, importCountEntity, importEntity, importWokenAt } from '../model/imports/rows.ts';
import { oneMore } from '../model/running/count.ts';
import type { Service } from '../service.ts';
import { requireSource } from './places.ts';

/** A step takes less, and each puts it off: one that was not woken so long has lost its worker. */
export const IMPORT_WAKE_MS = 5 * 60_000;

/** Of an account in a region: so that one account does not take all workers. */
export const MOST_RUNNING_IMPORTS = 10;

type Wanted = Pick<ImportRow, 'region' | 'bucket' | 'key' | 'format' | 'name' | 'description' | 'diskKind' | 'tags'>;

/** Rule 6.3: begins it, and wakes a worker. */
export async function importImage(service: Service, caller: Caller, input: ImportImageInput): Promise<ImportRow> {
  const { accountId } = caller;
  const wanted = parse(service, caller, input);
  const call = { accountId, operation: 'importImage', token: input.clientToken, input: wanted };
  const { recorded, value } = await once(service, call, (record) => attempt(service, caller, wanted, record));
  if (value === undefined) return findImport(service.catalogue, caller, recorded.importId ?? '');
  await service.queue.send([{ kind: 'import', accountId, id: value.id }]);
  return value;
}

function parse(service: Service, caller: Caller, input: ImportImageInput): Wanted {
  const { from, format, name, description, diskKind, tags } = input;
  const region = chooseRegion(service.regions, caller, input.region);
  const { bucket } = from;
  return {
    region,
    ...requireSource(service, caller, region, { key: from.key, ...(bucket != null && { bucket }) }),
    diskKind,
    tags: parseTags('tags', tags),
    ...(format != null && { format }),
    ...(name != null && { name: parseName('name', name) }),
    ...(description != null && { description: parseDescription('description', description) }),
  };
}

/** The snapshot that the image is made of needs what any snapshot does, beside a disk. */
async function attempt(service: Service, caller: Caller, wanted: Wanted, record: RecordCall) {
  const { catalogue, clock } = service;
  const { accountId } = caller;
  const { region } = wanted;
  const [account, { opened }, limit] = await Promise.all([
    getAccount(catalogue, caller),
    getSnapshotService(catalogue, caller, region),
    snapshotLimit(catalogue, { accountId, region }, 'MANUAL'),
  ]);
  requireOpen(opened, region);
  requireAble(account, isoTime(clock.now()));
  const domain = await ensureDomain(service, { accountId, region });
  const row = newRow(service, accountId, domain.id, wanted);
  requireQuota({ id: row.chainId, manualCount: 0, autoCount: 0 }, 'MANUAL', limit);
  const recorded = { importId: row.id };
  const { chainId, snapshotId: draftId, domainId } = row;
  const result = await service.tree.beginImport({ accountId, draftId, domainId, regionId: region, chainId }, [
    ...record(recorded),
    put(importEntity, row),
    await oneMore(service.catalogue, importCountEntity, row, {
      what: 'Imports',
      quota: 'RUNNING_IMPORTS',
      limit: MOST_RUNNING_IMPORTS,
    }),
  ]);
  return result.ok ? { ok: true as const, value: { recorded, value: row } } : result;
}

function newRow({ clock, ids }: Service, accountId: string, domainId: string, wanted: Wanted): ImportRow {
  const now = clock.now();
  const created = { accountId, region: wanted.region, id: ids.next('im'), createdAt: isoTime(now) };
  return {
    ...wanted,
    status: 'RUNNING',
    nextBlock: 0,
    dataBlocks: 0,
    imageId: ids.next('m'),
    snapshotId: ids.next('s'),
    chainId: ids.next('d'),
    domainId,
    attempts: 0,
    ...importWokenAt(created, isoTime(now + IMPORT_WAKE_MS)),
  };
}
