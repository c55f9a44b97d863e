import type { Catalogue } from '../../../platform/catalogue/port.ts';
import { isoTime } from '../../../platform/clock.ts';
import { VarveError } from '../../../platform/errors.ts';
import type { Caller } from '../../calls/caller.ts';
import { requireId, requireOwned } from '../../calls/owned.ts';
import type { Service } from '../../service.ts';
import { type DraftRow, draftEntity } from './rows.ts';

export async function findDraft(catalogue: Catalogue, caller: Caller, id: string): Promise<DraftRow> {
  requireId('dr', 'Draft', id);
  const row = await catalogue.get(draftEntity, { accountId: caller.accountId, id });
  return requireOwned(caller, 'Draft', id, row);
}

export async function findOpenDraft(service: Service, caller: Caller, id: string): Promise<DraftRow> {
  const draft = await findDraft(service.catalogue, caller, id);
  if (!isOpen(draft, isoTime(service.clock.now()))) {
    throw new VarveError('DraftClosed', `Draft ${id} is committed, discarded or expired.`, { draftId: id });
  }
  return draft;
}

export function isOpen(draft: DraftRow, now: string): boolean {
  return draft.state === 'OPEN' && draft.expiresAt > now;
}
