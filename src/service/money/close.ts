import { manifestEntity } from '../../engine/books/rows.ts';
import { put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import { accountOf } from '../accounts/arrears.ts';
import { untilAccepted } from '../calls/attempts.ts';
import { serviceCaller } from '../calls/caller.ts';
import { HOUR_MS, type Month, monthEnd, parseMonth } from '../model/money/months.ts';
import { type StatementRow, statementEntity } from '../model/money/rows.ts';
import { type Statement, statementId } from '../model/money/statement.ts';
import type { Service } from '../service.ts';
import { debitOfMonth } from './balance.ts';
import { parseCurrency } from './parse-said.ts';
import { chooseCurrency } from './prices.ts';
import { type MoneyDeps, openStatement } from './statements.ts';
import {
  bytesOfClosing,
  draftKey,
  homeOf,
  readClosed,
  removeDrafts,
  sha256Of,
  statementBytes,
  statementKey,
} from './stored-statements.ts';

type CloseDeps = MoneyDeps & Pick<Service, 'trust' | 'random' | 'ids'>;

/** What the operator says, as it comes. */
export interface SaidClosing {
  readonly account?: unknown;
  readonly closeMonth: unknown;
  readonly currency?: unknown;
}

/** The last hour is sampled at its end at the latest. */
const CLOSES_AFTER_MS = HOUR_MS;

/**
 * Rule 8.2: from now on the statement of the month never changes. The statement is put at a place
 * of its own; a row with its checksum settles that it counts; only then it goes to the month's
 * place in the bucket. So of two calls at the same time one is refused, and answers what the other
 * made. A call that was killed is gone on with:
 *
 *     A: puts its statement … row ✓ ……(killed)
 *     B:   puts its statement … row refused: reads A's row … puts A's statement in its place
 */
export async function closeMonth(deps: CloseDeps, said: SaidClosing): Promise<Statement> {
  const { id: accountId } = await accountOf(deps, said);
  const month = parseMonth('closeMonth', said.closeMonth);
  const closed = await readClosed(deps, accountId, month);
  const statement = closed ?? (await settle(deps, { accountId, month, currency: said.currency }));
  await putInPlace(deps, accountId, statement);
  return statement;
}

interface Wanted {
  readonly accountId: string;
  readonly month: Month;
  readonly currency: unknown;
}

async function settle(deps: CloseDeps, { accountId, month, currency: said }: Wanted): Promise<Statement> {
  const now = deps.clock.now();
  requireEnded(deps, month, now);
  const wanted = said === undefined ? undefined : parseCurrency('currency', said);
  const currency = await chooseCurrency(deps, serviceCaller(accountId), wanted);
  const open = await openStatement(deps, { accountId, month, currency, regions: deps.regions });
  requirePrices(open);
  const statement: Statement = { ...open, closedAt: isoTime(now) };
  const bytes = statementBytes(deps.regions, accountId, statement);
  const sha256 = sha256Of(bytes);
  const draft = draftKey(accountId, month, sha256);
  await homeOf(deps).put(draft, bytes);
  const row: StatementRow = { accountId, month, currency, sha256, total: open.total, closedAt: isoTime(now) };
  if (await isSettled(deps, row)) return statement;
  await homeOf(deps).remove([draft]);
  return (await readClosed(deps, accountId, month)) ?? statement;
}

/** Whether it is this statement that counts, and not another that was faster. */
function isSettled(deps: CloseDeps, row: StatementRow): Promise<boolean> {
  const { accountId, month, sha256 } = row;
  return untilAccepted(deps, async () => {
    const known = await deps.catalogue.get(statementEntity, { accountId, month });
    if (known !== undefined) return { ok: true, value: known.sha256 === sha256 };
    const result = await deps.catalogue.transact([put(statementEntity, row), ...(await debitOfMonth(deps, row))]);
    return result.ok ? { ok: true, value: true } : { ok: false, refused: result.failed };
  });
}

/** A clock that is ahead would close a month that goes on. */
function requireEnded({ trust }: CloseDeps, month: Month, now: number): void {
  const opensAt = monthEnd(month) + CLOSES_AFTER_MS;
  if (now < opensAt) throw invalid('closeMonth', `can be closed from ${isoTime(opensAt)} on`);
  if (trust.mayDeleteByTime(now)) return;
  throw new VarveError(
    'ClockNotTrusted',
    'The clock is ahead of what can be explained: no month is closed until it is.',
  );
}

function requirePrices({ regions, currency }: Statement): void {
  const without = regions.find(({ unpricedFrom }) => unpricedFrom !== undefined);
  if (without === undefined) return;
  const { region, unpricedFrom: from } = without;
  const message = `Region ${region} has no price in ${currency} for ${from}: set one, or 0.`;
  throw new VarveError('PriceMissing', message, { region, currency, from });
}

/**
 * Done again it changes nothing. The row beside those of manifests has backups take the statement
 * along. A catalogue that has lost its rows gets both here, as it does from a rebuild.
 */
async function putInPlace(deps: CloseDeps, accountId: string, statement: Statement): Promise<void> {
  const { month, currency, total, closedAt = '' } = statement;
  const bytes = statementBytes(deps.regions, accountId, statement);
  const sha256 = sha256Of(bytes);
  await deps.catalogue.transact([put(statementEntity, { accountId, month, currency, sha256, total, closedAt })]);
  const row = await deps.catalogue.get(statementEntity, { accountId, month });
  const settled = row === undefined ? bytes : await bytesOfClosing(deps, row);
  await homeOf(deps).put(statementKey(accountId, month), settled);
  await deps.catalogue.transact([put(manifestEntity, { accountId, nodeId: statementId(month), number: 1 })]);
  await removeDrafts(deps, accountId, month);
}
