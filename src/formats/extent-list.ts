import type { Extent } from './image.ts';

/** Collects extents in order; neighbours that continue one another become one. */
export class ExtentList {
  readonly #extents: Extent[] = [];

  add(extent: Extent): void {
    const last = this.#extents.at(-1);
    if (last !== undefined && continues(last, extent)) {
      this.#extents[this.#extents.length - 1] = { ...last, length: last.length + extent.length };
    } else this.#extents.push(extent);
  }

  zero(offset: number, length: number): void {
    this.add({ kind: 'zero', offset, length });
  }

  all(): readonly Extent[] {
    return this.#extents;
  }
}

function continues(last: Extent, next: Extent): boolean {
  if (last.kind === 'zero') return next.kind === 'zero';
  return last.kind === 'data' && next.kind === 'data' && last.file === next.file && last.at + last.length === next.at;
}
