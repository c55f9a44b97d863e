import { absent, equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, notFound } from '../../platform/errors.ts';
import { DELETED_AFTER_MS, placeOf, STOPPED_AFTER_MS } from '../model/accounts/arrears.ts';
import { type AccountRow, accountEntity } from '../model/accounts/rows.ts';
import { tellArrearsBegan, tellArrearsEnded } from '../model/events/of-accounts.ts';
import type { Service } from '../service.ts';

type Deps = Pick<Service, 'catalogue' | 'clock' | 'ids'>;

/** What the operator says of an account, as it comes. */
interface Said {
  readonly account?: unknown;
  readonly since?: unknown;
  /** `since` is meant, though it is so long ago that snapshots may be deleted at once. */
  readonly yesDeleteNow?: unknown;
}

/**
 * The operator's word: an account is in arrears since now or an earlier instant. A repetition
 * leaves the first one standing.
 */
export async function markInArrears(deps: Deps, said: Said) {
  const arrearsSince = parseSince(said, deps.clock.now());
  const { id } = await accountOf(deps, said);
  const set = { id, arrearsSince, ...placeOf(id, isoTime(Date.parse(arrearsSince) + DELETED_AFTER_MS)) };
  const marked = await deps.catalogue.transact([
    patch(accountEntity, { id }, { set, when: [absent('arrearsSince')] }),
    tellArrearsBegan(deps, id, arrearsSince),
  ]);
  // Arrears that the balance began are the operator's own from now on: a credit ends them no more.
  if (!marked.ok) {
    const own = { remove: ['arrearsBy'] as const, when: [equal('arrearsBy', 'BALANCE')] };
    await deps.catalogue.transact([patch(accountEntity, { id }, own)]);
  }
  const row = await deps.catalogue.get(accountEntity, { id });
  return { accountId: id, arrearsSince: row?.arrearsSince ?? null };
}

/**
 * The operator's word that an account has paid. With `since` only arrears that began then are paid,
 * so that a late repetition does not settle later ones.
 */
export async function settleByOperator(deps: Deps, said: Said) {
  const { id, arrearsSince } = await accountOf(deps, said);
  if (arrearsSince === undefined) return { accountId: id, arrearsSince: null };
  if (said.since !== undefined && parseInstant(said.since) !== Date.parse(arrearsSince)) {
    throw invalid('since', `must be ${arrearsSince}, since when the account is in arrears`);
  }
  const change = {
    remove: ['arrearsSince', 'arrearsBy', 'arrearsShard', 'arrearsCheckAt'] as const,
    when: [equal('arrearsSince', arrearsSince)],
  };
  // Refused if another call has settled: then there is nothing left to do.
  await deps.catalogue.transact([patch(accountEntity, { id }, change), tellArrearsEnded(deps, id, arrearsSince)]);
  return { accountId: id, arrearsSince: null };
}

export async function accountOf(
  { catalogue }: Pick<Deps, 'catalogue'>,
  { account: id }: Pick<Said, 'account'>,
): Promise<AccountRow> {
  if (typeof id !== 'string') throw invalid('account', 'must be the id of an account');
  const row = await catalogue.get(accountEntity, { id });
  if (row === undefined) throw notFound('Account', id);
  return row;
}

/**
 * Rule 1.3 counts from this instant. A wrong year would delete the snapshots within a minute, so
 * what is not of the last 24 hours has to be meant.
 */
function parseSince({ since, yesDeleteNow = false }: Said, nowMs: number): string {
  if (typeof yesDeleteNow !== 'boolean') throw invalid('yesDeleteNow', 'must be true or false');
  const at = since === undefined ? nowMs : parseInstant(since);
  if (!(at <= nowMs)) throw invalid('since', 'must be an instant that is not in the future');
  if (nowMs - at > STOPPED_AFTER_MS && !yesDeleteNow) {
    const deletedAt = isoTime(at + DELETED_AFTER_MS);
    throw invalid(
      'since',
      `must be at most 24 hours ago, as its snapshots would be deleted from ${deletedAt} on. ` +
        'If that is meant, say so by yesDeleteNow (--yes-delete-now).',
    );
  }
  return isoTime(at);
}

function parseInstant(since: unknown): number {
  return typeof since === 'string' ? Date.parse(since) : Number.NaN;
}
