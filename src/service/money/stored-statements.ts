import { createHash } from 'node:crypto';
import { MANIFESTS, manifestKey, readManifest, writeManifest } from '../../engine/books/manifest.ts';
import { rowsOf } from '../../platform/catalogue/rows-of.ts';
import { VarveError } from '../../platform/errors.ts';
import { pagesOfKeys } from '../../platform/objects/pages-of-keys.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';
import { type Month, parseMonth } from '../model/money/months.ts';
import { statementEntity } from '../model/money/rows.ts';
import { type Statement, statementId } from '../model/money/statement.ts';
import type { Service } from '../service.ts';

type Deps = Pick<Service, 'catalogue' | 'regions' | 'objects'>;

/** Statements lie in the installation's first region. */
const STATEMENT = statementId('');
const ONLY = 1;
const HASH_DIGITS = 16;

/** Where the closed statement of a month lies. It is put there once it is settled what it says. */
export const statementKey = (accountId: string, month: Month): string =>
  manifestKey({ accountId, id: statementId(month) }, ONLY);

const draftsOf = (month: Month): string => `${STATEMENT}draft-${month}-`;

/** Where it lies before that: each attempt to close the month has a place of its own. */
export const draftKey = (accountId: string, month: Month, sha256: string): string =>
  manifestKey({ accountId, id: `${draftsOf(month)}${sha256.slice(0, HASH_DIGITS)}` }, ONLY);

/** Once the statement is in its place. */
export async function removeDrafts(deps: Deps, accountId: string, month: Month): Promise<void> {
  const home = homeOf(deps);
  for await (const keys of pagesOfKeys(home, `${MANIFESTS}${accountId}/${draftsOf(month)}`))
    if (keys.length > 0) await home.remove(keys.map(({ key }) => key));
}

export const homeOf = ({ objects, regions }: Pick<Service, 'objects' | 'regions'>): ObjectStore => objects(regions[0]);

export const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

/** The same statement is always the same bytes. */
export function statementBytes(regions: Service['regions'], accountId: string, statement: Statement): Buffer {
  return writeManifest({
    number: ONLY,
    accountId,
    id: statementId(statement.month),
    regionId: regions[0],
    writtenAt: Date.parse(statement.closedAt ?? ''),
    about: { statement },
  });
}

/** Undefined for a month that is not closed. Throws `ObjectDamaged`. */
export async function readClosed(deps: Deps, accountId: string, month: Month): Promise<Statement | undefined> {
  const key = statementKey(accountId, month);
  const bytes = await homeOf(deps).get(key);
  if (bytes !== undefined) return parseStatement(key, bytes);
  const row = await deps.catalogue.get(statementEntity, { accountId, month });
  if (row === undefined) return undefined;
  return parseStatement(key, await bytesOfClosing(deps, row));
}

/** Of a month whose closing is settled and was cut off before the statement was in its place. */
export async function bytesOfClosing(
  deps: Deps,
  { accountId, month, sha256 }: { readonly accountId: string; readonly month: Month; readonly sha256: string },
): Promise<Buffer> {
  const home = homeOf(deps);
  const key = statementKey(accountId, month);
  // Between the first two it may have gone from one place to the other.
  const bytes = (await home.get(key)) ?? (await home.get(draftKey(accountId, month, sha256))) ?? (await home.get(key));
  if (bytes !== undefined && sha256Of(bytes) === sha256) return bytes;
  throw damaged(key, bytes === undefined ? 'is missing' : 'is another one');
}

function parseStatement(key: string, bytes: Buffer): Statement {
  const read = readManifest(bytes);
  if (typeof read === 'string') throw damaged(key, read);
  // as written by this format, which the checksum proves
  return (read.about as { readonly statement: Statement }).statement;
}

const damaged = (key: string, reason: string): VarveError =>
  new VarveError('ObjectDamaged', `The statement ${key} ${reason}.`, { objectId: key, reason });

const PAGE = 500;

/** Of an account, in their order: those in the bucket, and those whose closing is only settled. */
export async function closedMonths(deps: Deps, accountId: string): Promise<Month[]> {
  const prefix = `${MANIFESTS}${accountId}/${STATEMENT}`;
  const months = new Set<Month>();
  for await (const keys of pagesOfKeys(homeOf(deps), prefix)) {
    for (const { key } of keys) {
      const month = key.slice(prefix.length).split('/')[0] ?? '';
      if (/^\d{4}-\d\d$/.test(month)) months.add(parseMonth('month', month));
    }
  }
  const settled = rowsOf(deps.catalogue, statementEntity, { partition: { accountId }, pageSize: PAGE });
  for await (const { month } of settled) months.add(month);
  return [...months].sort();
}
