import type { Statement as ShownStatement } from '../../generated/schema.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { parseWhole } from '../calls/numbers.ts';
import { type Connection, type PageArgs, slicePage } from '../calls/page.ts';
import { chooseRegion, visibleRegions } from '../calls/regions.ts';
import { parseLength } from '../calls/text.ts';
import { type Line, linesByChain, linesByTag } from '../model/money/lines.ts';
import { hoursIn, monthStart, parseMonth } from '../model/money/months.ts';
import type { Part, Statement } from '../model/money/statement.ts';
import { chooseCurrency } from './prices.ts';
import { type MoneyDeps, openRegion, openStatement, pricesIn, visiblePart } from './statements.ts';
import { closedMonths, readClosed } from './stored-statements.ts';

interface OfMonth {
  readonly month: string;
  readonly currency?: string | null | undefined;
}

export async function getStatement(
  deps: MoneyDeps,
  caller: Caller,
  { month, currency }: OfMonth,
): Promise<ShownStatement> {
  const regions = visibleRegions(deps.regions, caller);
  return shown(await statementOf(deps, caller, { month, currency, regions }));
}

/** A closed one as it was closed; any other as it is now. */
async function statementOf(
  deps: MoneyDeps,
  caller: Caller,
  { regions, ...wanted }: OfMonth & { readonly regions: readonly string[] },
): Promise<Statement> {
  const { month, closed, currency } = await closedOrOpen(deps, caller, wanted);
  if (closed !== undefined) return visiblePart(closed, regions);
  return openStatement(deps, { accountId: caller.accountId, month, currency, regions });
}

/** The statement of a closed month, and the currency that any other is reckoned in. */
async function closedOrOpen(deps: MoneyDeps, caller: Caller, { month: text, currency: wanted }: OfMonth) {
  const month = parseMonth('month', text);
  const now = deps.clock.now();
  if (monthStart(month) > now) throw invalid('month', `has not begun at ${isoTime(now)}`);
  const closed = await readClosed(deps, caller.accountId, month);
  if (closed === undefined) return { month, closed, currency: await chooseCurrency(deps, caller, wanted) };
  const { currency } = closed;
  if (wanted != null && wanted !== currency)
    throw invalid('currency', `must be ${currency}, in which the month was closed`);
  return { month, closed, currency };
}

const MOST_STATEMENTS = 100; // each is read from the bucket
const IN_FLIGHT = 8;

export async function listStatements(
  deps: MoneyDeps,
  caller: Caller,
  args: PageArgs,
): Promise<Connection<ShownStatement>> {
  parseWhole('first', args.first, { min: 1, max: MOST_STATEMENTS });
  const months = (await closedMonths(deps, caller.accountId)).map((month) => ({ month }));
  const page = slicePage(months, ['month'], args, true);
  const regions = visibleRegions(deps.regions, caller);
  const edges = await mapBounded(page.edges, IN_FLIGHT, async ({ cursor, node: { month } }) => ({
    cursor,
    node: shown(await statementOf(deps, caller, { month, regions })),
  }));
  return { ...page, edges, nodes: edges.map(({ node }) => node) };
}

const KEY_CHARS = { min: 1, max: 128 };

interface LinesArgs extends PageArgs, OfMonth {
  readonly region?: string | null | undefined;
  readonly tagKey?: string | null | undefined;
}

export async function listLines(deps: MoneyDeps, caller: Caller, args: LinesArgs): Promise<Connection<Line>> {
  const region = chooseRegion(deps.regions, caller, args.region);
  const tagKey = args.tagKey == null ? undefined : parseLength('tagKey', args.tagKey, KEY_CHARS);
  const parts = await partsOf(deps, caller, { ...args, region });
  const lines = tagKey === undefined ? linesByChain(parts) : linesByTag(parts, tagKey);
  return slicePage(lines, ['place'], args);
}

/** Without corrections, which are no lines of a region. */
async function partsOf(
  deps: MoneyDeps,
  caller: Caller,
  { region, ...wanted }: OfMonth & { readonly region: string },
): Promise<readonly Part[]> {
  const { month, closed, currency } = await closedOrOpen(deps, caller, wanted);
  if (closed !== undefined) return closed.regions.find((one) => one.region === region)?.parts ?? [];
  const prices = await pricesIn(deps, region, currency);
  return (await openRegion(deps, { accountId: caller.accountId, region, month, prices })).parts;
}

function shown(statement: Statement): ShownStatement {
  const { month, closedAt = null } = statement;
  return { ...statement, closed: closedAt !== null, closedAt, hoursInMonth: hoursIn(month) };
}
