import type { QueryAuditArgs } from '../../generated/schema.ts';
import type { Catalogue } from '../../platform/catalogue/port.ts';
import { invalid } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { type Connection, listPage } from '../calls/page.ts';
import { parseLength } from '../calls/text.ts';
import { type AuditRow, auditEntity } from '../model/audit/rows.ts';

const FILTER_CHARS = { min: 1, max: 64 };

/**
 * A part of the account's records by their time, which is their key: newest first. The other
 * filters go through that part, page by page, each of a bounded number of rows.
 */
export function listAudit(catalogue: Catalogue, caller: Caller, args: QueryAuditArgs): Promise<Connection<AuditRow>> {
  const { from, to, outcome } = args;
  if (from != null && to != null && from >= to) throw invalid('to', 'must be after from');
  const action = parseFilter('action', args.action);
  const subject = parseFilter('subject', args.subject);
  const actor = parseFilter('actor', args.actor);
  // Records name objects of all regions: a credential that is limited to some sees what it did
  // itself.
  const own = caller.regions === undefined ? undefined : caller.apiKeyId;
  const isFiltered = [action, subject, actor, outcome, own].some((value) => value != null);
  const matches = (row: AuditRow): boolean =>
    (action === undefined || row.action === action) &&
    (subject === undefined || row.subjects.includes(subject)) &&
    (actor === undefined || row.actor === actor) &&
    (own === undefined || row.actor === own) &&
    (outcome == null || row.outcome === outcome);
  return listPage<typeof auditEntity>(
    catalogue,
    {
      entity: auditEntity,
      partition: { accountId: caller.accountId },
      sort: ['at', 'id'],
      descending: true,
      ...(to != null && { from: { at: to, id: '' } }),
      ...(from != null && { beyond: ({ at }) => at < from }),
      ...(isFiltered && { matches }),
    },
    args,
  );
}

function parseFilter(field: string, text: string | null | undefined): string | undefined {
  return text == null ? undefined : parseLength(field, text, FILTER_CHARS);
}
