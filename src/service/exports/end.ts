import type { ImageExportStatus } from '../../generated/schema.ts';
import { equal, patch, type Write } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { VarveError } from '../../platform/errors.ts';
import { wasStoredAhead } from '../../platform/time/clock-trust.ts';
import { untilAccepted } from '../calls/attempts.ts';
import { asAttributes, PROBLEM, type Problem } from '../calls/problems.ts';
import { recordEvent } from '../model/events/record.ts';
import {
  EXPORT_KEPT_MS,
  type ExportRow,
  exportCountEntity,
  exportEntity,
  exportWokenAt,
} from '../model/exports/rows.ts';
import { oneLess } from '../model/running/count.ts';
import type { Service } from '../service.ts';
import { placeOf } from './places.ts';

/** No worker lives so long: what one has left is to be seen by then. */
const LATE_MS = 3_600_000;
const ROW_KEPT_DAYS = 90;
const DAY_S = 86_400;

export const RUNNING = [equal<'status', ImageExportStatus>('status', 'RUNNING')];

/** False where it has ended otherwise. Its remains are to be looked for from then on. */
export function endExport(
  service: Service,
  { accountId, id }: Pick<ExportRow, 'accountId' | 'id'>,
  status: 'SUCCEEDED' | 'FAILED' | 'CANCELLED',
  problem?: Problem,
): Promise<boolean> {
  const { catalogue, clock } = service;
  return untilAccepted(service, async () => {
    const row = await catalogue.get(exportEntity, { accountId, id });
    if (row?.status !== 'RUNNING') return { ok: true, value: false };
    const now = clock.now();
    const set = {
      status,
      finishedAt: isoTime(now),
      ...exportWokenAt(row, isoTime(now)),
      ...(status === 'SUCCEEDED' && row.bucket === undefined && { expiresAt: isoTime(now + EXPORT_KEPT_MS) }),
      ...(status === 'SUCCEEDED' && row.fileBytes !== undefined && { doneBytes: row.fileBytes }),
      ...(problem && asAttributes(problem, isoTime(now))),
    };
    const result = await catalogue.transact([
      patch(exportEntity, { accountId, id }, { set, remove: problem ? [] : PROBLEM, when: RUNNING }),
      oneLess(exportCountEntity, row),
      ...tellEnd(service, row, status, problem),
    ]);
    return result.ok ? { ok: true, value: true } : { ok: false, refused: result.failed };
  });
}

/** Of one that was cancelled, whoever waits for it knows. */
function tellEnd(service: Service, row: ExportRow, status: ImageExportStatus, problem?: Problem): Write[] {
  const { accountId, region, id, imageId, format, fileBytes = null } = row;
  const of = { accountId, region, subject: { kind: 'export' as const, id } };
  if (status === 'SUCCEEDED')
    return [recordEvent(service, { ...of, type: 'export.accomplished', data: { imageId, format, fileBytes } })];
  if (problem === undefined) return [];
  const { code, message } = problem;
  return [recordEvent(service, { ...of, type: 'export.failed', data: { imageId, format, code, message } })];
}

/**
 * What is to be done once an export has ended: uploads that are left of it go, and in the end the
 * file. A worker that was at it may have begun another upload meanwhile, so it is done once more
 * when no worker of that time can live.
 */
export async function tidyExport(service: Service, found: ExportRow): Promise<'done'> {
  const { catalogue, clock, trust } = service;
  const row = { ...found, ...mended(service, found) };
  const { accountId, id, status, expiresAt } = row;
  const now = clock.now();
  const isOver = expiresAt !== undefined && Date.parse(expiresAt) <= now && trust.mayDeleteByTime(now);
  const isKept = status === 'SUCCEEDED' && !isOver;
  await removeRemains(service, row, isKept);
  const next = nextLook(row, now, isKept);
  const set = {
    ...mended(service, found),
    status: status === 'SUCCEEDED' && isOver ? ('EXPIRED' as const) : status,
    ...(next === undefined
      ? { forgetAt: Math.floor(now / 1000) + ROW_KEPT_DAYS * DAY_S }
      : exportWokenAt(row, isoTime(next))),
  };
  const gone = next === undefined ? (['runShard', 'wakeAt'] as const) : [];
  const when = [equal<'status', ImageExportStatus>('status', status)];
  await catalogue.transact([patch(exportEntity, { accountId, id }, { set, remove: gone, when })]);
  return 'done';
}

/** In a bucket that the service may not use any more, nothing can be done. */
async function removeRemains(service: Service, row: ExportRow, isKept: boolean): Promise<void> {
  const { key } = row;
  const files = placeOf(service, row);
  if (files === undefined) return;
  try {
    for (const id of await files.uploads(key)) await files.abort({ key, id, partBytes: 0 });
    if (!isKept) await files.remove(key);
  } catch (error) {
    if (!(error instanceof VarveError && error.code === 'InvalidParameter')) throw error;
  }
}

/** Instants that a clock stored that was ahead (10.4). */
function mended(service: Service, { finishedAt, expiresAt }: ExportRow): Partial<ExportRow> {
  const now = service.clock.now();
  return {
    ...(finishedAt !== undefined && wasStoredAhead(service, finishedAt) && { finishedAt: isoTime(now) }),
    ...(expiresAt !== undefined &&
      wasStoredAhead(service, expiresAt, EXPORT_KEPT_MS) && { expiresAt: isoTime(now + EXPORT_KEPT_MS) }),
  };
}

/** A file that is overdue is looked at again while the clock is not explained. */
function nextLook({ finishedAt, createdAt, expiresAt }: ExportRow, now: number, isKept: boolean): number | undefined {
  const late = Date.parse(finishedAt ?? createdAt) + LATE_MS;
  if (now < late) return late;
  if (!isKept || expiresAt === undefined) return undefined;
  return Math.max(Date.parse(expiresAt), now + LATE_MS);
}
