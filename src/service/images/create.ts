import type { CreateImageInput } from '../../generated/schema.ts';
import { equal, patch, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import type { Caller } from '../calls/caller.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { parseTags } from '../calls/tags.ts';
import { parseDescription, parseName } from '../calls/text.ts';
import { unreadableOf } from '../model/disks/unreadable.ts';
import { findOwnImage } from '../model/images/find.ts';
import { type ImageRow, imageEntity } from '../model/images/rows.ts';
import { listUse, SNAPSHOT_LISTS } from '../model/listed/snapshot-lists.ts';
import { findSnapshot } from '../model/snapshots/find.ts';
import { type SnapshotRow, snapshotEntity } from '../model/snapshots/rows.ts';
import { requireReady } from '../model/snapshots/rules.ts';
import type { Service } from '../service.ts';

/** Rule 6.1: a node below the snapshot's, with the same contents; one transaction. */
export async function createImage(service: Service, caller: Caller, input: CreateImageInput): Promise<ImageRow> {
  const { snapshotId, name, description } = input;
  const parsed = {
    snapshotId,
    name: name == null ? undefined : parseName('name', name),
    description: description == null ? undefined : parseDescription('description', description),
    tags: parseTags('tags', input.tags),
  };
  const { accountId } = caller;
  const call = { accountId, operation: 'createImage', token: input.clientToken, input: parsed };
  const { recorded, value } = await once(service, call, (record) => attempt(service, caller, parsed, record));
  return value ?? findOwnImage(service.catalogue, caller, recorded.imageId ?? '');
}

type ParsedImage = Pick<ImageRow, 'snapshotId' | 'tags'> & {
  readonly name: string | undefined;
  readonly description: string | undefined;
};

async function attempt(service: Service, caller: Caller, input: ParsedImage, record: RecordCall) {
  const snapshot = await findSnapshot(service.catalogue, caller, input.snapshotId);
  requireReady(snapshot);
  const row = newImage(service, snapshot, input);
  const { accountId, id, domainId, region } = row;
  const recorded = { imageId: id };
  const result = await service.tree.createHead(
    { accountId, nodeId: id, domainId, regionId: region, chainId: id, fromId: snapshot.id, kind: 'IMAGE' },
    [
      ...record(recorded),
      put(imageEntity, row),
      patch(
        snapshotEntity,
        { accountId, id: snapshot.id },
        { add: { imageCount: 1 }, when: [equal('status', 'ACCOMPLISHED')] },
      ),
      ...listUse(snapshot, SNAPSHOT_LISTS.WITH_IMAGE),
    ],
  );
  return result.ok ? { ok: true as const, value: { recorded, value: row } } : result;
}

function newImage(service: Service, snapshot: SnapshotRow, { name, description, tags }: ParsedImage): ImageRow {
  const id = service.ids.next('m');
  const { accountId, region, diskKind, sizeBytes, domainId, keyId } = snapshot;
  return {
    accountId,
    id,
    region,
    name: name ?? id,
    snapshotId: snapshot.id,
    diskKind,
    sizeBytes,
    domainId,
    sharedWith: [],
    shares: 0,
    tags,
    createdAt: isoTime(service.clock.now()),
    ...unreadableOf(snapshot),
    ...(keyId === undefined ? {} : { keyId }),
    ...(description === undefined ? {} : { description }),
  };
}
