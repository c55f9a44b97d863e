import type { Snapshot, Snapshots } from '../../client/service/snapshots.ts';
import type { ContentsMap } from '../blocks/contents-map.ts';

export interface ChangedSinceParts {
  readonly snapshots: Pick<Snapshots, 'list'>;
  /** Whose snapshots count. */
  readonly diskId: string;
  readonly contents: ContentsMap;
  /** The contents of a snapshot, proved by its root. */
  readonly contentsOf: (snapshot: Snapshot) => ContentsMap;
  /** Milliseconds. */
  readonly now: () => number;
}

/** A snapshot that is taken meanwhile is noticed after so long. */
const LOOK_AGAIN_MS = 2000;

interface Latest {
  readonly id: string;
  readonly contents: ContentsMap;
}

/**
 * Which committed blocks differ from the disk's latest snapshot. If it has none, those that are no
 * holes.
 */
export class ChangedSince {
  readonly #parts: ChangedSinceParts;
  #found: { readonly latest: Promise<Latest | undefined>; readonly until: number } | undefined;
  #latest: Latest | undefined;

  constructor(parts: ChangedSinceParts) {
    this.#parts = parts;
  }

  /** Whether any block of the leaf page may have changed. */
  async mayHave(page: number): Promise<boolean> {
    const { contents } = this.#parts;
    const before = await this.#before();
    const [now, then] = await Promise.all([contents.idOfPage(page), before?.idOfPage(page)]);
    return now !== then;
  }

  async has(block: number): Promise<boolean> {
    const id = await this.#parts.contents.idOf(block);
    const before = await this.#before();
    return id !== (await before?.idOf(block));
  }

  async #before(): Promise<ContentsMap | undefined> {
    const { now } = this.#parts;
    if (this.#found === undefined || this.#found.until <= now()) {
      const latest = this.#findLatest();
      this.#found = { latest, until: now() + LOOK_AGAIN_MS };
      latest.catch(() => {
        this.#found = undefined;
      });
    }
    return (await this.#found.latest)?.contents;
  }

  async #findLatest(): Promise<Latest | undefined> {
    const { snapshots, diskId, contentsOf } = this.#parts;
    const { nodes } = await snapshots.list({ filter: { diskId }, limit: 8 });
    const snapshot = nodes.find(({ status }) => status === 'ACCOMPLISHED');
    if (snapshot?.id !== this.#latest?.id)
      this.#latest = snapshot && { id: snapshot.id, contents: contentsOf(snapshot) };
    return this.#latest;
  }
}
