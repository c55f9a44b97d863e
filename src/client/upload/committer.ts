import { type BlockRange, type BlockWrite, MAX_COMMIT_WRITES } from '../../engine/contract.ts';
import type { TaskGroup } from '../flow/task-group.ts';
import type { Datapath, Draft, Versioned } from '../service/datapath.ts';
import { commitBlocksOnce, commitDraftOnce } from './commit-once.ts';
import { lostObjects, MOST_LOSSES, waitAfterLoss } from './lost-objects.ts';
import { PendingChanges } from './pending-changes.ts';
import type { Unreadable } from './unreadable.ts';

export interface CommitterParts {
  readonly datapath: Datapath;
  readonly group: TaskGroup;
  readonly diskId: string;
  /** The disk's version that the change is based on. */
  readonly baseVersion: number;
  /** An open draft to go on with. */
  readonly draft: Draft | undefined;
  readonly label: string;
  readonly clientToken: string;
  /** Brings blocks to the store again that it has lost; each comes back by `write` or `trim`. */
  readonly again: (writes: readonly BlockWrite[]) => void;
}

export interface Committed {
  /** Undefined where nothing had to change. */
  readonly version: Versioned | undefined;
  readonly writtenBlocks: number;
  readonly trimmedBlocks: number;
}

/**
 * What the next run for the same source finds: what was ready, nothing of it, or perhaps a disk
 * that has taken the change over, if a commit to the disk itself was under way.
 */
export type Kept = 'KEPT' | 'NOTHING' | 'UNCERTAIN';

interface OpenDraft {
  readonly id: string;
  version: number;
  root: string;
}

const DRAFT_BATCH = 512; // half a commit: the last one, which nothing overlaps with, stays short
const DRAFT_MS = 5000; // a killed client loses at most about this much of its work
const PENDING = 8 * MAX_COMMIT_WRITES; // about a megabyte

/**
 * Commits changes as they become ready: a few in one commit to the disk itself, many to a draft
 * that the disk takes at the end. So a client that dies on the way leaves the disk as it was.
 */
export class Committer {
  readonly #parts: CommitterParts;
  readonly #pending = new PendingChanges();
  #draft: OpenDraft | undefined;
  readonly #waiting: (() => void)[] = [];
  #pumping = false;
  #commitAt = performance.now();
  #losses = 0;
  /** Whether a commit to the disk itself is under way, or what became of one is not known. */
  #taking = false;
  #written = 0;
  #trimmed = 0;

  constructor(parts: CommitterParts) {
    this.#parts = parts;
    if (parts.draft) this.#draft = { ...parts.draft };
    parts.group.signal.addEventListener('abort', () => this.#makeRoom(), { once: true });
  }

  write(write: BlockWrite): void {
    this.#pending.write(write);
    this.#pump();
  }

  trim(range: BlockRange): void {
    this.#pending.trim(range);
    this.#pump();
  }

  /**
   * Resolves when so little waits for its commit that more may come. Commits may be slower than
   * blocks that are there already.
   */
  room(): Promise<void> | void {
    if (this.#pending.largest < PENDING || this.#parts.group.signal.aborted) return;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /**
   * To be called once all changes are on their way: waits for them and makes them the disk's
   * contents. `requireWhole` is asked before each commit to the disk, as lost blocks may have been
   * read once more. `unreadable`, asked when all is read, goes to the disk together with the
   * contents, which therefore go by way of a draft.
   */
  async finish(requireWhole: () => void, unreadable: () => Unreadable | undefined): Promise<Committed> {
    const { datapath, diskId, baseVersion, group } = this.#parts;
    await group.done();
    requireWhole();
    let version: Versioned | undefined;
    for (;;) {
      if (unreadable()) await this.#openDraft();
      if (this.#pending.isEmpty) break;
      version = await this.#commit();
      await group.done();
      if (!this.#pending.isEmpty) requireWhole();
    }
    if (this.#draft) {
      requireWhole();
      this.#taking = true;
      const change = { diskId, baseVersion, draft: this.#draft, unreadable: unreadable() };
      version = await commitDraftOnce(datapath, change, group.signal);
    }
    return { version, writtenBlocks: this.#written, trimmedBlocks: this.#trimmed };
  }

  /**
   * To be called when the group has ended too early. What is ready goes to the draft, so that the
   * next run need not send it again.
   */
  async keep(datapath: Datapath, signal: AbortSignal): Promise<Kept> {
    if (this.#taking) return 'UNCERTAIN';
    // What was committed before is there all the same.
    await this.#commitPending(datapath, signal).catch(() => undefined);
    return this.#draft !== undefined && this.#draft.version > 0 ? 'KEPT' : 'NOTHING';
  }

  async #commitPending(datapath: Datapath, signal: AbortSignal): Promise<void> {
    if (this.#pending.isEmpty) return;
    const draft = await this.#openDraft(datapath);
    // The commit that the end has cut off may have come through.
    let { version } = await datapath.pageMap({ source: draft.id, startIndex: 0, limit: 1 });
    while (!this.#pending.isEmpty) {
      const change = this.#pending.take();
      const commit = { target: draft.id, expectedVersion: version, ...change };
      Object.assign(draft, await commitBlocksOnce(datapath, commit, signal));
      ({ version } = draft);
    }
  }

  #pump(): void {
    if (this.#pumping || !this.#isDue()) return;
    this.#pumping = true;
    this.#parts.group.spawn(async () => {
      try {
        while (this.#isDue()) await this.#commit(await this.#openDraft());
      } finally {
        this.#pumping = false;
      }
    });
  }

  #isDue(): boolean {
    if (this.#pending.isEmpty) return false;
    const most = this.#draft ? DRAFT_BATCH : MAX_COMMIT_WRITES + 1;
    const wait = this.#draft ? DRAFT_MS : 2 * DRAFT_MS;
    return this.#pending.largest >= most || performance.now() - this.#commitAt > wait;
  }

  async #openDraft(datapath = this.#parts.datapath): Promise<OpenDraft> {
    const { diskId, baseVersion, label, clientToken } = this.#parts;
    if (!this.#draft) {
      this.#draft = { ...(await datapath.openDraft({ diskId, expectedVersion: baseVersion, label, clientToken })) };
    }
    return this.#draft;
  }

  /** Undefined where the store had lost blocks, which are then on their way again. */
  async #commit(draft = this.#draft): Promise<Versioned | undefined> {
    const { datapath, diskId, baseVersion, group } = this.#parts;
    const change = this.#pending.take(MAX_COMMIT_WRITES);
    const target = draft?.id ?? diskId;
    this.#taking = draft === undefined;
    const expectedVersion = draft?.version ?? baseVersion;
    try {
      const version = await commitBlocksOnce(datapath, { target, expectedVersion, ...change }, group.signal);
      if (this.#draft) Object.assign(this.#draft, version);
      this.#commitAt = performance.now();
      this.#makeRoom();
      this.#written += change.writes.length;
      this.#trimmed += change.trims.reduce((sum, { count }) => sum + count, 0);
      return version;
    } catch (error) {
      await this.#recover(change, error);
      return undefined;
    }
  }

  #makeRoom(): void {
    if (this.#pending.largest < PENDING || this.#parts.group.signal.aborted)
      for (const go of this.#waiting.splice(0)) go();
  }

  async #recover(
    change: { writes: readonly BlockWrite[]; trims: readonly BlockRange[] },
    error: unknown,
  ): Promise<void> {
    const lost = lostObjects(error);
    const again = change.writes.filter(({ id }) => lost.has(id));
    this.#losses += 1;
    for (const range of change.trims) this.#pending.trim(range);
    for (const write of change.writes) if (!lost.has(write.id)) this.#pending.write(write);
    if (again.length === 0 || this.#losses > MOST_LOSSES) throw error;
    this.#taking = false;
    await waitAfterLoss(error, this.#parts.group.signal);
    this.#parts.again(again);
  }
}
