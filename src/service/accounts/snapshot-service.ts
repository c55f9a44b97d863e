import type { SnapshotService } from '../../generated/schema.ts';
import { type Catalogue, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { type SnapshotServiceRow, snapshotServiceEntity } from '../model/accounts/rows.ts';
import type { Service } from '../service.ts';
import { accountSubject } from './manifest-subject.ts';
import { CURRENT_TERMS, textOfTerms } from './terms.ts';

/** Rule 1.2. The first acceptance stays on record; a repeated one changes nothing. */
export async function openSnapshotService(
  deps: Pick<Service, 'catalogue' | 'clock' | 'regions' | 'tree'>,
  caller: Caller,
  region: string,
  acceptedTerms: string,
): Promise<SnapshotService> {
  if (acceptedTerms !== CURRENT_TERMS) throw invalid('acceptedTerms', `must be the terms in force, ${CURRENT_TERMS}`);
  const row: SnapshotServiceRow = {
    accountId: caller.accountId,
    region,
    openedAt: isoTime(deps.clock.now()),
    acceptedTerms,
  };
  await deps.catalogue.transact([
    put(snapshotServiceEntity, row),
    deps.tree.noted(accountSubject(deps.regions, caller.accountId)),
  ]);
  return getSnapshotService(deps.catalogue, caller, region);
}

export async function getSnapshotService(
  catalogue: Catalogue,
  caller: Caller,
  region: string,
): Promise<SnapshotService> {
  const row = await catalogue.get(snapshotServiceEntity, { accountId: caller.accountId, region });
  return {
    region,
    opened: row !== undefined,
    openedAt: row?.openedAt ?? null,
    acceptedTerms: row?.acceptedTerms ?? null,
    acceptedTermsText: row === undefined ? null : textOfTerms(row.acceptedTerms),
    currentTerms: CURRENT_TERMS,
    currentTermsText: textOfTerms(CURRENT_TERMS) ?? '',
  };
}

export function requireOpen(opened: boolean, region: string): void {
  if (opened) return;
  throw new VarveError('SnapshotServiceNotOpened', `Switch snapshots on in region ${region} first.`, { region });
}
