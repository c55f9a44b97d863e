import { createHash } from 'node:crypto';
import { type Manifest, writeManifest } from '../../engine/books/manifest.ts';
import { manifestEntity } from '../../engine/books/rows.ts';
import { put, type Write } from '../../platform/catalogue/port.ts';
import { statementEntity } from '../model/money/rows.ts';
import { type Statement, statementId } from '../model/money/statement.ts';

/**
 * Rule 8.2: that a month is closed, as the bucket says it. With the row of a manifest backups take
 * the statement along. A draft, which has the id of its month inside, is no statement.
 */
export function statementRows(manifests: readonly Manifest[], numbers: ReadonlyMap<string, number>): Write[] {
  return manifests.flatMap((manifest) => {
    const { accountId, id, number, about } = manifest;
    const statement = about?.statement as Statement | undefined;
    if (statement === undefined || id !== statementId(statement.month) || numbers.get(id) !== number) return [];
    const { month, currency, total, closedAt = '' } = statement;
    // The same contents are always the same bytes.
    const sha256 = createHash('sha256').update(writeManifest(manifest)).digest('hex');
    return [
      put(statementEntity, { accountId, month, currency, sha256, total, closedAt }),
      put(manifestEntity, { accountId, nodeId: id, number }),
    ];
  });
}
