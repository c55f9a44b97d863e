import type { ExportImageInput } from '../../generated/schema.ts';
import { check, put } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import type { Caller } from '../calls/caller.ts';
import { once, type RecordCall } from '../calls/once.ts';
import { findExport } from '../model/exports/find.ts';
import { type ExportRow, exportCountEntity, exportEntity, exportWokenAt } from '../model/exports/rows.ts';
import { findOwnImage } from '../model/images/find.ts';
import { type ImageRow, imageEntity } from '../model/images/rows.ts';
import { oneMore } from '../model/running/count.ts';
import type { Service } from '../service.ts';
import { newKey, requireBucket } from './places.ts';

/** A step takes less, and each puts it off: one that was not woken so long has lost its worker. */
export const EXPORT_WAKE_MS = 5 * 60_000;

/** Of an account in a region: so that one account does not take all workers. */
export const MOST_RUNNING_EXPORTS = 10;

type Wanted = Pick<ExportRow, 'imageId' | 'format'> & { readonly bucket?: string };

/** Rule 6.3: begins it, and wakes a worker. */
export async function exportImage(service: Service, caller: Caller, input: ExportImageInput): Promise<ExportRow> {
  const { accountId } = caller;
  const { imageId, format, bucket, clientToken: token } = input;
  const wanted: Wanted = { imageId, format, ...(bucket != null && { bucket }) };
  const call = { accountId, operation: 'exportImage', token, input: wanted };
  const { recorded, value } = await once(service, call, (record) => attempt(service, caller, wanted, record));
  if (value === undefined) return findExport(service.catalogue, caller, recorded.exportId ?? '');
  await service.queue.send([{ kind: 'export', accountId, id: value.id }]);
  return value;
}

async function attempt(service: Service, caller: Caller, wanted: Wanted, record: RecordCall) {
  const image = await findOwnImage(service.catalogue, caller, wanted.imageId);
  requirePlain(image);
  if (wanted.bucket !== undefined) requireBucket(service, caller, image.region, wanted.bucket);
  const row = newRow(service, image, wanted);
  const recorded = { exportId: row.id };
  const result = await service.catalogue.transact([
    ...record(recorded),
    put(exportEntity, row),
    check(imageEntity, { accountId: image.accountId, id: image.id }, 'present'),
    await oneMore(service.catalogue, exportCountEntity, row, {
      what: 'Exports',
      quota: 'RUNNING_EXPORTS',
      limit: MOST_RUNNING_EXPORTS,
    }),
  ]);
  if (!result.ok) return { ok: false as const, refused: result.failed };
  return { ok: true as const, value: { recorded, value: row } };
}

/** The service has no key: it never sees the plain bytes of an encrypted disk. */
function requirePlain({ id, keyId }: ImageRow): void {
  if (keyId === undefined) return;
  const advice = 'its key is with its clients: export a disk of it there';
  const message = `Image ${id} is encrypted, and ${advice}.`;
  throw new VarveError('EncryptedImageNotExportable', message, { imageId: id });
}

function newRow({ clock, ids }: Service, image: ImageRow, wanted: Wanted): ExportRow {
  const { accountId, region, name } = image;
  const now = clock.now();
  const id = ids.next('x');
  const createdAt = isoTime(now);
  return {
    ...wanted,
    status: 'RUNNING',
    key: newKey({ ...wanted, accountId, id }, name),
    doneBytes: 0,
    attempts: 0,
    ...exportWokenAt({ accountId, region, createdAt, id }, isoTime(now + EXPORT_WAKE_MS)),
  };
}
