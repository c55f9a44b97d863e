import type { UpdateSnapshotInput } from '../../generated/schema.ts';
import { equal, patch } from '../../platform/catalogue/port.ts';
import { untilAccepted } from '../calls/attempts.ts';
import type { Caller } from '../calls/caller.ts';
import { parseTagChange } from '../calls/tags.ts';
import { parseDescription, parseSnapshotName } from '../calls/text.ts';
import { relistSnapshot } from '../model/listed/snapshot-lists.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { type SnapshotRow, snapshotEntity, snapshotPlaces } from '../model/snapshots/rows.ts';
import type { Service } from '../service.ts';

export async function updateSnapshot(
  service: Service,
  caller: Caller,
  input: UpdateSnapshotInput,
): Promise<SnapshotRow> {
  const { description } = input;
  const words: Partial<SnapshotRow> = {
    ...(input.name == null ? {} : { name: parseSnapshotName('name', input.name) }),
    ...(description == null ? {} : { description: parseDescription('description', description) }),
  };
  const tagChange = parseTagChange(input);
  const gone = description === null ? (['description'] as const) : [];
  await untilAccepted(service, async () => {
    const row = await findSnapshot(service.catalogue, caller, input.snapshotId);
    const tags = tagChange(row);
    const change = { ...words, ...tags.set };
    if (Object.keys(change).length === 0 && gone.length === 0) return { ok: true, value: undefined };
    const set = change.name === undefined ? change : { ...change, ...snapshotPlaces({ ...row, ...change }) };
    const key = { accountId: row.accountId, id: row.id };
    const result = await service.catalogue.transact([
      patch(snapshotEntity, key, { set, remove: gone, when: [equal('status', row.status), ...tags.when] }),
      ...relistSnapshot(row, { ...row, ...tags.set }),
      // One that is PROGRESSING gets its manifest when it is finished.
      ...(row.status === 'PROGRESSING' ? [] : [service.tree.noted({ ...row, regionId: row.region })]),
    ]);
    return result.ok ? { ok: true, value: undefined } : { ok: false, refused: result.failed };
  });
  return findSnapshot(service.catalogue, caller, input.snapshotId);
}
