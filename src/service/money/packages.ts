import { type Catalogue, put } from '../../platform/catalogue/port.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { isoTime } from '../../platform/clock.ts';
import { impossible, invalid } from '../../platform/errors.ts';
import { accountOf } from '../accounts/arrears.ts';
import type { Caller } from '../calls/caller.ts';
import { once } from '../calls/once.ts';
import { type Connection, listPage, type PageArgs } from '../calls/page.ts';
import { chooseRegion } from '../calls/regions.ts';
import { parseClientToken, parseDescription } from '../calls/text.ts';
import { type Month, monthEnd, monthStart, parseHour } from '../model/money/months.ts';
import { type PackageRow, packageEntity } from '../model/money/rows.ts';
import type { Service } from '../service.ts';
import { parseOptional, parseRegion } from './parse-said.ts';

/** What the operator says of a package, as it comes. */
export interface SaidPackage {
  readonly region?: unknown;
  readonly gib?: unknown;
  readonly from?: unknown;
  readonly until?: unknown;
  readonly note?: unknown;
  /** Of a call that is repeated, so that there is one package. */
  readonly token?: unknown;
}

const MOST_GIB = 1_000_000_000; // 1 EiB

type Deps = Pick<Service, 'catalogue' | 'clock' | 'regions' | 'ids' | 'random'>;

/** The operator's word: an account has paid for capacity in advance. */
export async function addPackage(
  deps: Deps,
  said: { readonly account?: unknown; readonly package: SaidPackage },
): Promise<PackageRow> {
  const { id: accountId } = await accountOf(deps, said);
  const input = parsePackage(deps, said.package);
  const { token, ...data } = input;
  const done = await once(deps, { accountId, operation: 'addPackage', token, input: data }, async (record) => {
    const row: PackageRow = { accountId, id: deps.ids.next('pk'), ...data, createdAt: isoTime(deps.clock.now()) };
    const recorded = { id: row.id };
    const result = await deps.catalogue.transact([put(packageEntity, row), ...record(recorded)]);
    return result.ok ? { ok: true, value: { recorded, value: row } } : { ok: false, refused: result.failed };
  });
  if (done.value !== undefined) return done.value;
  const { region, until } = data;
  const row = await deps.catalogue.get(packageEntity, { accountId, region, until, id: done.recorded.id ?? '' });
  if (row === undefined) throw impossible(`package ${done.recorded.id} is gone`);
  return row;
}

function parsePackage({ regions }: Deps, { region, gib, from, until, note, token }: SaidPackage) {
  if (typeof gib !== 'number' || !Number.isSafeInteger(gib) || gib < 1 || gib > MOST_GIB)
    throw invalid('package.gib', `must be a whole number from 1 to ${MOST_GIB}`);
  const [begin, end] = [parseHour('package.from', from), parseHour('package.until', until)];
  if (end <= begin) throw invalid('package.until', 'must be after `from`');
  const said = parseOptional('package.note', note, parseDescription);
  return {
    region: parseRegion('package.region', regions, region),
    gib,
    from: begin,
    until: end,
    ...(said !== undefined && { note: said }),
    token: parseOptional('package.token', token, parseClientToken),
  };
}

/** In the order in which they end, and so are used up. */
export function listPackages(
  { catalogue, regions }: Pick<Service, 'catalogue' | 'regions'>,
  caller: Caller,
  args: PageArgs & { readonly region?: string | null | undefined },
): Promise<Connection<PackageRow>> {
  const partition = { accountId: caller.accountId, region: chooseRegion(regions, caller, args.region) };
  return listPage(catalogue, { entity: packageEntity, partition, sort: ['until', 'id'] }, args);
}

const PAGE = 500;

/** Those that hold in some hour of a month. */
export async function packagesOf(
  catalogue: Catalogue,
  partition: { readonly accountId: string; readonly region: string },
  month: Month,
): Promise<PackageRow[]> {
  const after = { until: isoTime(monthStart(month)), id: '~' };
  const end = isoTime(monthEnd(month));
  const packages: PackageRow[] = [];
  for await (const row of rowsOf(catalogue, packageEntity, { partition, after, pageSize: PAGE }))
    if (row.from < end) packages.push(row);
  return packages;
}
