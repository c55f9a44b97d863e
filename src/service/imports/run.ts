import { BLOCK_BYTES, blockCount } from '../../engine/blocks/block.ts';
import type { BlockWrite } from '../../engine/contract.ts';
import { equal, patch } from '../../platform/catalogue/port.ts';
import { isoTime } from '../../platform/clock.ts';
import { invalid, notFound, VarveError } from '../../platform/errors.ts';
import type { FileState, FileStore } from '../../platform/files/port.ts';
import type { WorkMessage } from '../../platform/queue/port.ts';
import { asAttributes, PROBLEM, type Problem, problemOf, waitAfter } from '../calls/problems.ts';
import { type ImportRow, importEntity, importWokenAt, LONGEST_IMPORT_WAIT_MS } from '../model/imports/rows.ts';
import type { Service } from '../service.ts';
import { IMPORT_WAKE_MS } from './create.ts';
import { endImport, finishImport, RUNNING } from './end.ts';
import { type FoundBlocks, findBlocks } from './find-blocks.ts';
import { placeOf } from './places.ts';
import { sourceFile } from './source-file.ts';
import { openSourceImage, recogniseFormat, type SourceImage } from './source-image.ts';
import { storeBlocks } from './store-blocks.ts';

interface ImportLimits {
  /** Of one commit, as for a copy. */
  readonly stepBlocks: number;
  /** The time is looked at after so many. */
  readonly batchBlocks: number;
}
const IMPORT_LIMITS: ImportLimits = { stepBlocks: 512, batchBlocks: 64 };
/** A step may look through tables for so long, and then says how far it is. */
const LOOK_MS = 30_000;
/**
 * Deflate makes a byte of 1032 at most. A file that stands for more, beside small change, has
 * tables that name the same data again and again.
 */
const MOST_EXPANSION = 1032;
const SMALL_CHANGE_BYTES = 16 * 1024 ** 2;
const WAITS = { firstMs: 60_000, longestMs: LONGEST_IMPORT_WAIT_MS };
/** No waiting mends these. */
const FINAL = new Set([
  'AccountInArrears',
  'ImageDamaged',
  'ImageUnsupported',
  'ImportFormatUnclear',
  'ImportSourceChanged',
  'ImportTooLarge',
  'InvalidParameter',
  'NotFound',
]);

export type ImportOutcome = 'done' | 'more' | 'gone';

/**
 * Goes on with an import until it is done or time is up, by one step at least. A step is one commit
 * of the draft, and then the row says how far the draft is. Every read is of one state of the file,
 * so each worker reads the same. It can be killed anywhere, delivered twice, and run by several at
 * once:
 *
 *     A: at 0 ─ commits 0–511 ─ (killed)
 *     B:                         at 0 ─ commits 0–511: changes nothing ─ at 512 ─ …
 *
 * A store in trouble puts it off, and it tells why it waits.
 */
export async function runImport(
  service: Service,
  { accountId, id }: Pick<Extract<WorkMessage, { kind: 'import' }>, 'accountId' | 'id'>,
  until: number,
  limits: ImportLimits = IMPORT_LIMITS,
): Promise<ImportOutcome> {
  const row = await service.catalogue.get(importEntity, { accountId, id });
  if (row?.status !== 'RUNNING') return 'gone';
  try {
    return await goOn(service, row, { ...limits, until });
  } catch (error) {
    if (isOvertaken(error)) return 'gone';
    const told = problemOf(error);
    if (FINAL.has(told.code)) return (await endImport(service, row, 'FAILED', told)) ? 'done' : 'gone';
    await noteProblem(service, row, told);
    if (told.code === 'Internal') throw error;
    return 'done';
  }
}

/** Another worker has committed to the draft. It goes on, or the janitor has it gone on with. */
const isOvertaken = (error: unknown): boolean => error instanceof VarveError && error.code === 'VersionConflict';

interface Bounds extends ImportLimits {
  readonly until: number;
}

async function goOn(service: Service, found: ImportRow, bounds: Bounds): Promise<ImportOutcome> {
  const opened = await openSource(service, found);
  if (opened === undefined) return 'gone';
  const { image } = opened;
  let { row } = opened;
  for (;;) {
    if (row.nextBlock >= blockCount(image.sizeBytes)) return finish(service, row);
    const next = await step(service, row, image, bounds);
    if (next === undefined) return 'gone';
    row = next;
    if (service.clock.now() >= bounds.until) return 'more';
  }
}

async function finish(service: Service, row: ImportRow): Promise<ImportOutcome> {
  const draft = await service.tree.get(row.accountId, row.snapshotId);
  return draft !== undefined && (await finishImport(service, row, draft.version)) ? 'done' : 'gone';
}

interface Opened {
  readonly row: ImportRow;
  readonly image: SourceImage;
}

/** The first worker notes what the file is. Undefined: it has ended. */
async function openSource(service: Service, row: ImportRow): Promise<Opened | undefined> {
  const files = placeOf(service, row);
  if (files === undefined) throw invalid('from.bucket', 'is not open any more');
  const { key, etag, fileBytes = 0, format } = row;
  if (etag === undefined || format === undefined) return firstLook(service, row, files);
  const file = sourceFile(files, { key, etag, sizeBytes: fileBytes });
  return { row, image: await openSourceImage(file, format) };
}

async function firstLook(service: Service, row: ImportRow, files: FileStore): Promise<Opened | undefined> {
  const { accountId, id, key } = row;
  const state: FileState | undefined = await files.look(key);
  if (state === undefined) throw notFound('File', key);
  const file = sourceFile(files, state);
  const format = row.format ?? (await recogniseFormat(file, key));
  const image = await openSourceImage(file, format);
  const set = { etag: state.etag, fileBytes: state.sizeBytes, format, sizeBytes: image.sizeBytes };
  const when = [...RUNNING, { attribute: 'etag', is: 'absent' } as const];
  const noted = await service.catalogue.transact([patch(importEntity, { accountId, id }, { set, when })]);
  if (noted.ok) return { row: { ...row, ...set }, image };
  const now = await service.catalogue.get(importEntity, { accountId, id });
  return now?.status === 'RUNNING' && now.etag !== undefined ? openSource(service, now) : undefined;
}

/** One commit, and the note of it. Undefined: another worker is at it, or it has ended. */
async function step(service: Service, row: ImportRow, image: SourceImage, bounds: Bounds) {
  const { accountId, snapshotId: headId } = row;
  const { clock, tree } = service;
  const { until, stepBlocks, batchBlocks } = bounds;
  const lookUntil = Math.min(until, clock.now() + LOOK_MS);
  const isOver = () => clock.now() >= lookUntil;
  const found = await findBlocks(image, { start: row.nextBlock, most: stepBlocks, isOver });
  requirePlausible(row, found.blocks.length);
  const draft = await tree.get(accountId, headId);
  if (draft?.kind !== 'DRAFT') return undefined;
  const { writes, done } = await storeFound(service, row, image, { found, until, batchBlocks });
  if (writes.length > 0) {
    const change = { expectedVersion: draft.version, writes, trims: [] };
    // What was stored came from here, and what lay there was looked at.
    await tree.commit({ accountId, headId, head: draft, ...change, plain: false });
  }
  return noteStep(service, row, reached(found, done), done);
}

interface Found {
  readonly found: FoundBlocks;
  readonly until: number;
  readonly batchBlocks: number;
}

/** One batch at least, and as many as there is time for. */
async function storeFound(service: Service, row: ImportRow, image: SourceImage, { found, until, batchBlocks }: Found) {
  const { domainId, region: regionId } = row;
  const writes: BlockWrite[] = [];
  let done = 0;
  while (done < found.blocks.length) {
    const batch = found.blocks.slice(done, done + batchBlocks);
    writes.push(...(await storeBlocks(service, { domainId, regionId }, image, batch)));
    done += batch.length;
    if (service.clock.now() >= until) break;
  }
  return { writes, done };
}

/** Blocks that there was no time for are where the next step begins. */
const reached = ({ blocks, next }: FoundBlocks, done: number): number => blocks[done] ?? next;

function requirePlausible({ dataBlocks, fileBytes = 0, key }: ImportRow, more: number): void {
  const dataBytes = (dataBlocks + more) * BLOCK_BYTES;
  if (dataBytes <= fileBytes * MOST_EXPANSION + SMALL_CHANGE_BYTES) return;
  const message = `The file ${key} of ${fileBytes} bytes stands for more than ${dataBytes} bytes of data.`;
  throw new VarveError('ImportTooLarge', message, { fileBytes, dataBytes });
}

async function noteStep(
  { catalogue, clock }: Service,
  row: ImportRow,
  nextBlock: number,
  blocks: number,
): Promise<ImportRow | undefined> {
  const { accountId, id } = row;
  const set = { ...importWokenAt(row, isoTime(clock.now() + IMPORT_WAKE_MS)), attempts: 0, nextBlock };
  const when = [...RUNNING, equal('nextBlock', row.nextBlock)];
  const change = { set, add: { dataBlocks: blocks }, remove: PROBLEM, when };
  const { ok } = await catalogue.transact([patch(importEntity, { accountId, id }, change)]);
  return ok ? { ...row, nextBlock, dataBlocks: row.dataBlocks + blocks } : undefined;
}

async function noteProblem({ catalogue, clock }: Service, row: ImportRow, problem: Problem): Promise<void> {
  const { accountId, id, attempts } = row;
  const now = clock.now();
  const set = {
    ...importWokenAt(row, isoTime(now + waitAfter(attempts, WAITS))),
    attempts: attempts + 1,
    ...asAttributes(problem, row.problemSince ?? isoTime(now)),
  };
  await catalogue.transact([patch(importEntity, { accountId, id }, { set, when: RUNNING })]);
}
