import type { Root } from '../../engine/blocks/block.ts';
import type { At } from '../../engine/contract.ts';
import { mapBounded } from '../../platform/bounded.ts';
import { patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, VarveError } from '../../platform/errors.ts';
import type { FileStore, FileUpload, UploadedPart } from '../../platform/files/port.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { asAttributes, PROBLEM, type Problem, problemOf, waitAfter } from '../calls/problems.ts';
import { type ExportRow, exportEntity, exportWokenAt, LONGEST_EXPORT_WAIT_MS } from '../model/exports/rows.ts';
import { type ImageRow, imageEntity } from '../model/images/rows.ts';
import type { Service } from '../service.ts';
import { blocksOf, readPart } from './contents.ts';
import { EXPORT_WAKE_MS } from './create.ts';
import { endExport, RUNNING, tidyExport } from './end.ts';
import { type FilePart, partsOf } from './file-parts.ts';
import { piecesOf } from './file-pieces.ts';
import { EXPORT_LIMITS, type ExportLimits, mostFileBytes, partBytesOf } from './part-size.ts';
import { placeOf } from './places.ts';

const PARTS_AT_ONCE = 2; // of 64 MiB each at most
const WAITS = { firstMs: 60_000, longestMs: LONGEST_EXPORT_WAIT_MS };
/** No waiting mends these. */
const FINAL = new Set(['ObjectDamaged', 'NotFound', 'InvalidParameter', 'ExportTooLarge']);

export type ExportOutcome = 'done' | 'more' | 'gone';

/**
 * Goes on with an export until it is done or time is up, by one step at least. What the store has
 * of the upload is the checkpoint, and a file follows from its image alone. So it can be killed
 * anywhere, delivered twice, and run by several at once:
 *
 *     A: begins upload 1 ─ sends parts ─ completes 1 ─────────────────── SUCCEEDED ─ aborts the others
 *     B: begins upload 2 ─ sees 1 and 2, goes on with 1 ─ 1 is gone ─ sees the file ─ has ended
 *
 * A store in trouble puts it off, and it tells why it waits.
 */
export async function runExport(
  service: Service,
  { accountId, id }: Pick<Extract<WorkMessage, { kind: 'export' }>, 'accountId' | 'id'>,
  until: number,
  limits: ExportLimits = EXPORT_LIMITS,
): Promise<ExportOutcome> {
  const row = await service.catalogue.get(exportEntity, { accountId, id });
  if (row === undefined) return 'gone';
  if (row.status !== 'RUNNING') return row.wakeAt === undefined ? 'gone' : tidyExport(service, row);
  try {
    const outcome = await stepOn(service, row, until, limits);
    return outcome === 'more' ? outcome : await tidied(service, row, outcome);
  } catch (error) {
    const told = await problemOfImage(service, row, error);
    if (FINAL.has(told.code)) {
      const isOver = await endExport(service, row, 'FAILED', told);
      return tidied(service, row, isOver ? 'done' : 'gone');
    }
    await noteProblem(service, row, told);
    if (told.code === 'Internal') throw error;
    return 'done';
  }
}

/** At once, as far as it can be: the janitor comes back to it in any case. */
async function tidied(service: Service, { accountId, id }: ExportRow, outcome: 'done' | 'gone') {
  const ended = await service.catalogue.get(exportEntity, { accountId, id });
  if (ended !== undefined && ended.status !== 'RUNNING') await tidyExport(service, ended);
  return outcome;
}

interface Source {
  readonly image: ImageRow;
  readonly at: At;
}

async function stepOn(service: Service, found: ExportRow, until: number, limits: ExportLimits): Promise<ExportOutcome> {
  const source = await sourceOf(service, found);
  const row = found.fileBytes === undefined ? await withSize(service, found, source, limits) : found;
  const { fileBytes = 0, partBytes = 0, key } = row;
  const files = placeOf(service, row);
  if (files === undefined) throw invalid('bucket', 'is not open any more');
  const [known] = await files.uploads(key);
  if (known === undefined && (await files.size(key)) === fileBytes) return end(service, row);
  const upload: FileUpload = { key, partBytes, id: known ?? (await files.begin(key)) };
  const there = await files.parts(upload);
  if (there === undefined) return 'more';
  const sent = await sendParts(service, { row, source, files, upload, there, until });
  if (sent !== 'whole') return sent;
  const parts = await files.parts(upload);
  // Another worker may have ended the upload, or sends a part again.
  if (parts === undefined || bytesOf(parts) !== fileBytes) return 'more';
  if (!(await files.complete(upload, parts))) return 'more';
  return end(service, row);
}

const bytesOf = (parts: readonly UploadedPart[]) => parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);

const end = async (service: Service, row: ExportRow) =>
  (await endExport(service, row, 'SUCCEEDED')) ? ('done' as const) : ('gone' as const);

async function sourceOf(service: Service, { accountId, imageId }: ExportRow): Promise<Source> {
  const [image, node] = await Promise.all([
    service.catalogue.get(imageEntity, { accountId, id: imageId }),
    service.tree.get(accountId, imageId),
  ]);
  if (image === undefined || node === undefined) throw imageGone(imageId);
  const { domainId, regionId, root } = node;
  return { image, at: { domainId, regionId, root: root as Root } };
}

const imageGone = (id: string) => new VarveError('NotFound', `Image ${id} was deleted meanwhile.`, { id });

/** Counts the blocks once: the length of the file says how it is cut. */
async function withSize(service: Service, row: ExportRow, source: Source, limits: ExportLimits): Promise<ExportRow> {
  const pieces = filePieces(service, row, source);
  let step = await pieces.next();
  while (step.done !== true) step = await pieces.next();
  const { fileBytes } = step.value;
  if (fileBytes > mostFileBytes(limits)) {
    const most = Math.floor(mostFileBytes(limits) / 1024 ** 3);
    const advice = 'A qcow2 file has no room for zeros, and clients export without a limit.';
    const message = `The file would have more than ${most} GiB. ${advice}`;
    throw new VarveError('ExportTooLarge', message, { fileBytes });
  }
  const set = { fileBytes, partBytes: partBytesOf(fileBytes, limits) };
  const { accountId, id } = row;
  await service.catalogue.transact([patch(exportEntity, { accountId, id }, { set, when: RUNNING })]);
  return { ...row, ...set };
}

const filePieces = (service: Service, { format }: ExportRow, { image, at }: Source) =>
  piecesOf({ format, sizeBytes: image.sizeBytes }, blocksOf(service, at));

interface Sending {
  readonly row: ExportRow;
  readonly source: Source;
  readonly files: FileStore;
  readonly upload: FileUpload;
  readonly there: readonly UploadedPart[];
  readonly until: number;
}

/** What is missing, a few parts at a time, and one such step at least. */
async function sendParts(service: Service, sending: Sending): Promise<'whole' | 'more' | 'gone'> {
  const { row, source, upload, until } = sending;
  const there = new Map(sending.there.map(({ number, sizeBytes }) => [number, sizeBytes]));
  let doneBytes = bytesOf(sending.there);
  let waiting: FilePart[] = [];
  const flush = async (): Promise<'sent' | 'more' | 'gone'> => {
    const kept = await mapBounded(waiting, PARTS_AT_ONCE, (part) => sendPart(service, sending, part));
    doneBytes += waiting.reduce((sum, { length }) => sum + length, 0);
    waiting = [];
    if (kept.includes(false)) return 'more';
    return (await noteStep(service, row, doneBytes)) ? 'sent' : 'gone';
  };
  for await (const part of partsOf(filePieces(service, row, source), upload.partBytes)) {
    if (there.get(part.number) === part.length) continue;
    waiting.push(part);
    if (waiting.length < PARTS_AT_ONCE) continue;
    const outcome = await flush();
    if (outcome !== 'sent') return outcome;
    if (service.clock.now() >= until) return 'more';
  }
  const outcome = waiting.length === 0 ? 'sent' : await flush();
  return outcome === 'sent' ? 'whole' : outcome;
}

async function sendPart(service: Service, { source, files, upload }: Sending, part: FilePart): Promise<boolean> {
  const bytes = await readPart(service, source.at, part);
  return files.putPart(upload, part.number, bytes);
}

/** False: it has ended. */
async function noteStep({ catalogue, clock }: Service, row: ExportRow, doneBytes: number) {
  const { accountId, id } = row;
  const set = { ...exportWokenAt(row, isoTime(clock.now() + EXPORT_WAKE_MS)), attempts: 0, doneBytes };
  const write = patch(exportEntity, { accountId, id }, { set, remove: PROBLEM, when: RUNNING });
  return (await catalogue.transact([write])).ok;
}

/** Blocks of an image that was deleted meanwhile may be gone: that is no damage. */
async function problemOfImage(service: Service, row: ExportRow, error: unknown): Promise<Problem> {
  const problem = problemOf(error);
  if (problem.code !== 'ObjectDamaged') return problem;
  const { accountId, imageId } = row;
  const isThere = (await service.catalogue.get(imageEntity, { accountId, id: imageId })) !== undefined;
  return isThere ? problem : imageGone(imageId);
}

async function noteProblem({ catalogue, clock }: Service, row: ExportRow, problem: Problem): Promise<void> {
  const { accountId, id, attempts } = row;
  const now = clock.now();
  const set = {
    ...exportWokenAt(row, isoTime(now + waitAfter(attempts, WAITS))),
    attempts: attempts + 1,
    ...asAttributes(problem, row.problemSince ?? isoTime(now)),
  };
  await catalogue.transact([patch(exportEntity, { accountId, id }, { set, when: RUNNING })]);
}
