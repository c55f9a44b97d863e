import { putEntry, saveEntry } from '../../engine/books/entries.ts';
import { manifestEntity } from '../../engine/books/rows.ts';
import type { ManifestSubject } from '../../engine/contract.ts';
import type { EngineDeps } from '../../engine/deps.ts';
import { equal, put } from '../../platform/catalogue/port.ts';

/**
 * A table that was put back to an earlier instant goes on with numbers that the bucket has had
 * since, and what it says under them counts for nothing beside the stale. So where the bucket's
 * number is above the table's, the table's becomes that one, and the manifest that follows is the
 * first to count again.
 */
export async function outnumber(
  deps: EngineDeps,
  subjects: readonly ManifestSubject[],
  numbers: ReadonlyMap<string, number>,
): Promise<void> {
  const keys = subjects.map(({ accountId, id: nodeId }) => ({ accountId, nodeId }));
  const rows = await deps.catalogue.getMany(manifestEntity, keys);
  for (const [at, subject] of subjects.entries()) {
    const highest = numbers.get(subject.id) ?? 0;
    if ((rows[at]?.number ?? 0) < highest) await raise(deps, subject, highest);
  }
}

/** Refused only where a worker has just raised it: at some time that is enough. */
async function raise(deps: EngineDeps, subject: ManifestSubject, number: number): Promise<void> {
  const key = { accountId: subject.accountId, nodeId: subject.id };
  for (;;) {
    const row = await deps.catalogue.get(manifestEntity, key);
    if ((row?.number ?? 0) >= number) return;
    const when = row === undefined ? 'absent' : [equal('number', row.number)];
    const writes = [put(manifestEntity, { ...key, number }, when), putEntry(saveEntry(deps, subject))];
    if ((await deps.catalogue.transact(writes)).ok) return;
  }
}
