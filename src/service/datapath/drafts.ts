import type { OpenDraftInput } from '../../generated/schema.ts';
import { type Catalogue, check, equal, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Caller } from '../calls/caller.ts';
import { parseVersion } from '../calls/numbers.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { requireId } from '../calls/owned.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { parseLength } from '../calls/text.ts';
import { asWriter } from '../leases/writing.ts';
import { findDraft, isOpen } from '../model/datapath/find-draft.ts';
import { type DraftRow, draftEntity } from '../model/datapath/rows.ts';
import { findDisk } from '../model/disks/find.ts';
import { type DiskRow, diskEntity } from '../model/disks/rows.ts';
import { seenDisk } from '../model/disks/seen.ts';
import { parseFence } from '../model/leases/rules.ts';
import type { Service } from '../service.ts';
import { findTarget } from './targets.ts';

/**
 * A client that has been away for longer starts its import again; what it uploaded is still found
 * by its content.
 */
export const DRAFT_TTL_MS = 24 * 3_600_000;
/**
 * A commit puts the end off only after this part of the time, so that most commits write nothing
 * for it.
 */
const RENEW_AFTER_MS = DRAFT_TTL_MS / 24;
export const SWEEP_SHARDS = 4;
const LABEL_CHARS = { min: 1, max: 256 };

export async function openDraft(service: Service, caller: Caller, input: OpenDraftInput): Promise<DraftRow> {
  const { clientToken, ...rest } = input;
  const label = input.label == null ? undefined : parseLength('label', input.label, LABEL_CHARS);
  const expectedVersion = parseVersion('expectedVersion', input.expectedVersion);
  const parsed = { ...rest, expectedVersion, label, fence: parseFence(input.fence) };
  const call = { accountId: caller.accountId, operation: 'openDraft', token: clientToken, input: parsed };
  const { recorded, value } = await once(service, call, (record) => attempt(service, caller, parsed, record));
  return value ?? findDraft(service.catalogue, caller, recorded.draftId ?? '');
}

interface ParsedDraft {
  readonly diskId: string;
  readonly expectedVersion: number;
  readonly label: string | undefined;
  readonly fence: number | undefined;
  readonly forReading: boolean;
}

async function attempt(service: Service, caller: Caller, input: ParsedDraft, record: RecordCall) {
  const { diskId, expectedVersion, fence, forReading } = input;
  requireId('d', 'Disk', diskId);
  const { disk } = await findTarget(service, caller, diskId);
  const row = newDraft(service, disk, input);
  const { accountId } = caller;
  const recorded = { draftId: row.id };
  const wanted = { accountId, headId: diskId, draftId: row.id, expectedVersion, fence, forReading };
  const open = () =>
    service.tree.openDraft(wanted, [
      ...record(recorded),
      put(draftEntity, row),
      check(diskEntity, { accountId, id: diskId }, seenDisk(disk)),
    ]);
  const result = await (forReading ? open() : asWriter(service, disk, fence, open));
  return result.ok ? { ok: true as const, value: { recorded, value: row } } : result;
}

function newDraft(
  service: Service,
  disk: DiskRow,
  { expectedVersion, label }: { readonly expectedVersion: number; readonly label: string | undefined },
): DraftRow {
  const now = service.clock.now();
  return {
    accountId: disk.accountId,
    id: service.ids.next('dr'),
    diskId: disk.id,
    region: disk.region,
    state: 'OPEN',
    baseVersion: expectedVersion,
    createdAt: isoTime(now),
    expiresAt: isoTime(now + DRAFT_TTL_MS),
    sweepShard: now % SWEEP_SHARDS,
    ...(label === undefined ? {} : { label }),
  };
}

/** Puts the end of a draft off that somebody is working with. */
export async function renewDraft(service: Service, draft: DraftRow): Promise<void> {
  const expiresAt = service.clock.now() + DRAFT_TTL_MS;
  if (expiresAt - Date.parse(draft.expiresAt) < RENEW_AFTER_MS) return;
  const renewed = put(draftEntity, { ...draft, expiresAt: isoTime(expiresAt) }, [equal('state', 'OPEN')]);
  await service.catalogue.transact([renewed]);
}

export async function listDrafts(
  service: Service,
  caller: Caller,
  diskId: string,
  args: PageArgs,
): Promise<Connection<DraftRow>> {
  const { accountId } = await findDisk(service.catalogue, caller, diskId);
  const now = isoTime(service.clock.now());
  return listPage(
    service.catalogue,
    { ...newestFirst({ accountId, diskId }), matches: (draft) => isOpen(draft, now) },
    args,
  );
}

export async function newestOpenDraft(
  catalogue: Catalogue,
  { accountId, id: diskId }: DiskRow,
): Promise<DraftRow | undefined> {
  const listing = { ...newestFirst({ accountId, diskId }), matches: ({ state }: DraftRow) => state === 'OPEN' };
  const { nodes } = await listPage(catalogue, listing, { first: 1 });
  return nodes[0];
}

export function newestFirst(partition: { readonly accountId: string; readonly diskId: string }) {
  return {
    entity: draftEntity,
    index: 'byDisk' as const,
    partition,
    sort: ['createdAt', 'id'] as const,
    descending: true,
  };
}
