import { absent, type Condition, check, equal, patch, put, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import { accountOf } from '../accounts/arrears.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { once } from '../calls/once.ts';
import { type Connection, listPage, type PageArgs, slicePage } from '../calls/page.ts';
import { parseClientToken, parseDescription } from '../calls/text.ts';
import { DELETED_AFTER_MS, placeOf } from '../model/accounts/arrears.ts';
import { type AccountRow, accountEntity } from '../model/accounts/rows.ts';
import { tellArrearsBegan, tellArrearsEnded } from '../model/events/of-accounts.ts';
import { type BalanceRow, balanceEntity, type MovementRow, movementEntity } from '../model/money/rows.ts';
import type { Service } from '../service.ts';
import { parseCurrency, parseMoney, parseOptional } from './parse-said.ts';

const PLACE_DIGITS = 12;

type Deps = Pick<Service, 'catalogue' | 'clock' | 'random' | 'ids'>;

/** What the operator says of a balance, as it comes. */
export interface SaidAmount {
  readonly currency?: unknown;
  readonly amount?: unknown;
  readonly note?: unknown;
  /** Of a call that is repeated, so that it counts once. */
  readonly token?: unknown;
}

export interface SaidMovement {
  readonly account?: unknown;
  /** Which of these is said, and so how its fields are called. */
  readonly kind: 'credit' | 'debit';
  readonly said: SaidAmount;
}

/** A change of a balance that is not written yet. */
type Movement = Pick<MovementRow, 'kind' | 'amount' | 'note' | 'month'>;

/** The operator's word: an account has paid, or owes, so much. */
export async function moveBalance(deps: Deps, { account, kind, said }: SaidMovement): Promise<BalanceRow> {
  const { id: accountId } = await accountOf(deps, { account });
  const { currency, amount, note, token } = parseAmount(kind, said);
  if (amount === '0') throw invalid(`${kind}.amount`, 'must be more than 0');
  const input = { currency, amount, note: note ?? null };
  const operation = kind === 'credit' ? 'creditBalance' : 'debitBalance';
  await once(deps, { accountId, operation, token, input }, async (record) => {
    const before = await balanceFor(deps, accountId, currency, `${kind}.currency`);
    const signed = kind === 'credit' ? amount : `-${amount}`;
    const movement: Movement = { kind: kind === 'credit' ? 'CREDIT' : 'DEBIT', amount: signed, ...(note && { note }) };
    const writes = await movementWrites(deps, before, movement);
    const result = await deps.catalogue.transact([...writes, ...record({})]);
    return result.ok ? { ok: true, value: { recorded: {}, value: undefined } } : { ok: false, refused: result.failed };
  });
  return (await balanceFor(deps, accountId, currency, `${kind}.currency`)).row;
}

/** The operator's word: from now on the account is in arrears while it owes more than this. */
export async function setThreshold(
  deps: Deps,
  { account, said }: { readonly account?: unknown; readonly said: SaidAmount | null },
): Promise<BalanceRow> {
  const { id: accountId } = await accountOf(deps, { account });
  const limit = said === null ? undefined : parseAmount('threshold', said);
  return untilAccepted(deps, async () => {
    const known = await deps.catalogue.get(balanceEntity, { accountId });
    const currency = limit?.currency ?? known?.currency;
    if (currency === undefined) throw invalid('threshold', 'needs a currency: there is no balance');
    const before = await balanceFor(deps, accountId, currency, 'threshold.currency');
    const { threshold: _, ...rest } = before.row;
    const after: BalanceRow = { ...rest, ...(limit && { threshold: limit.amount }) };
    const writes = [putBalance(before, after), ...(await arrearsWrites(deps, after))];
    const result = await deps.catalogue.transact(writes);
    return result.ok ? { ok: true, value: after } : { ok: false, refused: result.failed };
  });
}

function parseAmount(kind: string, { currency, amount, note, token }: SaidAmount) {
  return {
    currency: parseCurrency(`${kind}.currency`, currency),
    amount: parseMoney(`${kind}.amount`, amount),
    note: parseOptional(`${kind}.note`, note, parseDescription),
    token: parseOptional(`${kind}.token`, token, parseClientToken),
  };
}

/** A balance as it is, or as it begins. */
interface Seen {
  readonly row: BalanceRow;
  readonly isThere: boolean;
}

async function balanceFor(
  { catalogue }: Pick<Deps, 'catalogue'>,
  accountId: string,
  currency: string,
  field: string,
): Promise<Seen> {
  const known = await catalogue.get(balanceEntity, { accountId });
  const row = known ?? { accountId, currency, balance: '0', movements: 0 };
  if (row.currency !== currency) throw invalid(field, `must be ${row.currency}, as in the balance`);
  return { row, isThere: known !== undefined };
}

/**
 * Rule 1.3: what closing a month takes off the balance, in the transaction that settles it. Nothing
 * for an account without a balance.
 */
export async function debitOfMonth(
  deps: Pick<Deps, 'catalogue' | 'clock' | 'ids'>,
  { accountId, month, currency, total }: { accountId: string; month: string; currency: string; total: string },
): Promise<readonly Write[]> {
  const known = await deps.catalogue.get(balanceEntity, { accountId });
  if (known === undefined) return [check(balanceEntity, { accountId }, 'absent')];
  const before = await balanceFor(deps, accountId, currency, 'currency');
  return movementWrites(deps, before, { kind: 'STATEMENT', amount: String(-BigInt(total)), month });
}

/** The balance, the movement, and the arrears that follow from it, if nothing has moved since. */
async function movementWrites(
  deps: Pick<Deps, 'catalogue' | 'clock' | 'ids'>,
  before: Seen,
  movement: Movement,
): Promise<readonly Write[]> {
  const { accountId } = before.row;
  const balance = String(BigInt(before.row.balance) + BigInt(movement.amount));
  const after: BalanceRow = { ...before.row, balance, movements: before.row.movements + 1 };
  const row: MovementRow = {
    ...{ accountId, balance, ...movement },
    place: String(after.movements).padStart(PLACE_DIGITS, '0'),
    at: isoTime(deps.clock.now()),
  };
  return [putBalance(before, after), put(movementEntity, row), ...(await arrearsWrites(deps, after))];
}

/** A threshold is changed without a movement, so it is looked at too. */
function putBalance({ row: { movements, threshold }, isThere }: Seen, after: BalanceRow): Write {
  const asSeen: Condition<BalanceRow>[] = [
    equal('movements', movements),
    threshold === undefined ? absent('threshold') : equal('threshold', threshold),
  ];
  return put(balanceEntity, after, isThere ? asSeen : 'absent');
}

/**
 * Arrears of an account that owes more than its threshold begin now, and end when it does not any
 * more. What the operator marked as such is the operator's to end.
 */
async function arrearsWrites(
  deps: Pick<Deps, 'catalogue' | 'clock' | 'ids'>,
  { accountId: id, balance, threshold }: BalanceRow,
): Promise<readonly Write[]> {
  const { catalogue, clock } = deps;
  const account = await catalogue.get(accountEntity, { id });
  if (account === undefined) return [];
  const owes = threshold !== undefined && BigInt(balance) < -BigInt(threshold);
  if (owes && account.arrearsSince === undefined) {
    const now = clock.now();
    const place = placeOf(id, isoTime(now + DELETED_AFTER_MS));
    const set: Partial<AccountRow> = { id, arrearsSince: isoTime(now), arrearsBy: 'BALANCE', ...place };
    const since = isoTime(now);
    return [patch(accountEntity, { id }, { set, when: [absent('arrearsSince')] }), tellArrearsBegan(deps, id, since)];
  }
  if (owes || account.arrearsBy !== 'BALANCE') return [];
  const ended = ['arrearsSince', 'arrearsBy', 'arrearsShard', 'arrearsCheckAt'] as const;
  return [
    patch(accountEntity, { id }, { remove: ended, when: [equal('arrearsBy', 'BALANCE')] }),
    tellArrearsEnded(deps, id, account.arrearsSince ?? isoTime(clock.now())),
  ];
}

/** It is of all regions: a credential that is limited to some sees none. */
export async function getBalance({ catalogue }: Pick<Deps, 'catalogue'>, { accountId, regions }: Caller) {
  if (regions !== undefined) return null;
  return (await catalogue.get(balanceEntity, { accountId })) ?? null;
}

/** The latest first. */
export function listMovements(
  { catalogue }: Pick<Deps, 'catalogue'>,
  { accountId, regions }: Caller,
  args: PageArgs,
): Promise<Connection<MovementRow>> {
  const sort = ['place'] as const;
  if (regions !== undefined) return Promise.resolve(slicePage([], sort, args));
  return listPage(catalogue, { entity: movementEntity, partition: { accountId }, sort, descending: true }, args);
}
