import { type BlockRange, type BlockWrite, MAX_COMMIT_WRITES } from '../../engine/contract.ts';

/** Changes that wait for their commit. */
export class PendingChanges {
  #writes: BlockWrite[] = [];
  #trims: BlockRange[] = [];

  write(write: BlockWrite): void {
    this.#writes.push(write);
  }

  /** A range that follows the one before joins it. */
  trim({ start, count }: BlockRange): void {
    const last = this.#trims.at(-1);
    if (last && last.start + last.count === start)
      this.#trims[this.#trims.length - 1] = { start: last.start, count: last.count + count };
    else this.#trims.push({ start, count });
  }

  get isEmpty(): boolean {
    return this.#writes.length === 0 && this.#trims.length === 0;
  }

  /** Length of the longer of the two lists. */
  get largest(): number {
    return Math.max(this.#writes.length, this.#trims.length);
  }

  /** Takes the oldest ones out, as many as fit one commit. */
  take(most = MAX_COMMIT_WRITES): { writes: BlockWrite[]; trims: BlockRange[] } {
    return { writes: this.#writes.splice(0, most), trims: this.#trims.splice(0, most) };
  }
}
