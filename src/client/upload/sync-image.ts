import { randomUUID } from 'node:crypto';
import type { BlockKeys } from '../../engine/blocks/object-form.ts';
import { ClientError } from '../errors.ts';
import { Slots } from '../flow/slots.ts';
import { TaskGroup } from '../flow/task-group.ts';
import type { Meter } from '../progress.ts';
import { createDatapath, type Datapath } from '../service/datapath.ts';
import type { Graphql } from '../service/graphql.ts';
import type { Http } from '../service/http.ts';
import { createObjectTransfer, type ObjectTransfer } from '../service/object-transfer.ts';
import type { ReadyThreads } from '../threads/ready-threads.ts';
import type { ImageFile, ThreadSetup } from '../threads/tasks.ts';
import { WorkerPool } from '../threads/worker-pool.ts';
import { createBase } from './base.ts';
import { type Committed, Committer, type Kept } from './committer.ts';
import type { Source } from './source.ts';
import { requireUnchanged, type SourceChange } from './source-watch.ts';
import { takeDraft } from './take-draft.ts';
import { sourceTooLarge, sourceTooShort, type TargetDisk } from './target.ts';
import { type Unreadable, UnreadableRanges } from './unreadable.ts';
import { Uploader } from './uploader.ts';
import type { Walker, WalkParts } from './walk.ts';
import { walkFile } from './walk-file.ts';
import { walkSnapshot } from './walk-snapshot.ts';
import { walkStream } from './walk-stream.ts';

export interface SyncRequest {
  /** Threads that are starting already. */
  readonly threads?: ReadyThreads | undefined;
  readonly disk: TargetDisk;
  readonly source: Source;
  /** Of the disk's encryption domain. */
  readonly keys?: BlockKeys | undefined;
  readonly meter: Meter;
  readonly signal: AbortSignal;
  /**
   * Whether a source that ends before the disk stands for zeros from there on. Default: it is
   * refused with `SourceTooShort`.
   */
  readonly zeroRest?: boolean | undefined;
  /**
   * Whether a source that changed while it was read is taken as it was read. Left out: it is
   * refused with `SourceChanged`.
   */
  readonly allowChange?: boolean | undefined;
  /**
   * Whether what cannot be read of a file or device counts as zeros, and is told. Left out: it ends
   * the upload.
   */
  readonly zeroUnreadable?: boolean | undefined;
}

export interface SyncResult extends Committed {
  /** Whether it went on where an earlier, interrupted run had stopped. */
  readonly resumed: boolean;
  /** What became of the source meanwhile; empty unless `allowChange` was given. */
  readonly sourceChanges: readonly SourceChange[];
  /** What could not be read of it, with `zeroUnreadable`. */
  readonly unreadable: Unreadable;
}

/**
 * 32 blocks, about 17 MB: enough for those that wait for an answer, are being encoded or are under
 * way to the store.
 */
const SLOTS = 32;
/** For keeping what is ready, while somebody waits for the end. */
const KEEP_MS = 3000;

/**
 * Makes the disk's contents those of the source, in one step that either happens wholly or not at
 * all. If the run is stopped, or its source ends too early, what was sent is kept for the next run
 * for the same source. `kept` of the error says whether.
 */
export async function syncImage(service: { graphql: Graphql; http: Http }, request: SyncRequest): Promise<SyncResult> {
  const { disk, source, keys, meter, zeroRest = false } = request;
  refuseOtherSize(source, disk, zeroRest);
  const group = new TaskGroup(request.signal);
  const datapath = createDatapath(service.graphql, group.signal);
  const transfer = createObjectTransfer(service.http, group.signal);
  const draft = await takeDraft(datapath, disk, source.label, group.signal);
  const slots = new Slots(SLOTS);
  const pool = new WorkerPool({ memory: slots.memory, ...imageOf(source), keys }, { ready: request.threads });
  // A draft's version moves with this client's own commits, which never touch pages that it has not
  // yet come to.
  const base = draft ? createBase(datapath, draft.id, undefined) : createBase(datapath, disk.id, disk.version);
  const uploader: Uploader = new Uploader({
    datapath,
    transfer,
    pool,
    slots,
    group,
    meter,
    target: disk.id,
    ready: (block) => committer.write(block),
  });
  const committer: Committer = new Committer({
    datapath,
    group,
    diskId: disk.id,
    baseVersion: disk.version,
    draft,
    label: source.label,
    clientToken: randomUUID(),
    again: (writes) => {
      uploader.forget(writes.map(({ id }) => id));
      if (source.kind === 'stream') throw streamCannotRepeat();
      walker.reload(writes.map(({ index }) => ({ first: index, count: 1 })));
    },
  });
  const unreadable = new UnreadableRanges();
  const noted = request.zeroUnreadable === true ? unreadable : undefined;
  const parts = { base, pool, slots, group, meter, uploader, committer, disk, zeroRest, datapath, transfer };
  const walk = { ...parts, unreadable: noted };
  const walker: Walker = chooseWalker(source, walk);
  try {
    group.spawn(walker.walk);
    await group.done();
    let sourceChanges: readonly SourceChange[] = [];
    const requireWhole = () => {
      walker.requireWhole();
      sourceChanges = requireUnchanged(source, request.allowChange === true);
    };
    const committed = await committer.finish(requireWhole, () => toNote(request, unreadable.all()));
    return { ...committed, resumed: draft !== undefined, sourceChanges, unreadable: unreadable.all() };
  } catch (error) {
    await group.end(error);
    throw isCutShort(error) ? await keeping(error, service, committer) : error;
  } finally {
    await pool.close();
  }
}

/**
 * What the disk is to keep of it; undefined where it has nothing and gets nothing. A snapshot that
 * is copied changes nothing of that.
 */
function toNote({ disk, source }: SyncRequest, unreadable: Unreadable): Unreadable | undefined {
  if (source.kind === 'snapshot') return undefined;
  return unreadable.count > 0 || disk.unreadable ? unreadable : undefined;
}

function isCutShort(error: unknown): error is ClientError {
  return error instanceof ClientError && (error.code === 'Interrupted' || error.code === 'SourceTooShort');
}

async function keeping(
  error: ClientError,
  { graphql }: { graphql: Graphql },
  committer: Committer,
): Promise<ClientError> {
  const soon = AbortSignal.timeout(KEEP_MS);
  const kept: Kept = await committer.keep(createDatapath(graphql, soon), soon);
  return new ClientError(error.code, error.message, { ...error.extra, kept }, error.cause);
}

function chooseWalker(source: Source, parts: WalkParts & { datapath: Datapath; transfer: ObjectTransfer }): Walker {
  switch (source.kind) {
    case 'file':
      return walkFile({ ...parts, source });
    case 'stream':
      return walkStream({ ...parts, source });
    case 'snapshot':
      return walkSnapshot({ ...parts, source });
  }
}

/** What threads read. */
function imageOf(source: Source): Pick<ThreadSetup, 'image' | 'formatted'> {
  if (source.kind !== 'file') return {};
  if (!source.image) return { image: plainFile(source) };
  const { format, files } = source.image;
  return { formatted: { format, files: files.map(plainFile) } };
}

/** What threads can be given. */
function plainFile({ fd, sizeBytes, path }: ImageFile): ImageFile {
  return { fd, sizeBytes, path };
}

/** Of a stream the size is known at its end only. */
function refuseOtherSize(source: Source, disk: TargetDisk, zeroRest: boolean): void {
  if (source.kind !== 'file') return;
  if (source.sizeBytes > disk.sizeBytes) throw sourceTooLarge(disk, source.sizeBytes);
  if (source.sizeBytes < disk.sizeBytes && !zeroRest) throw sourceTooShort(disk, source.sizeBytes);
}

function streamCannotRepeat(): ClientError {
  return new ClientError(
    'ObjectMissing',
    'The store lost blocks of standard input, which cannot be read again. Start from the beginning.',
  );
}
