import { pagesOfKeys } from '../../platform/objects/pages-of-keys.ts';
import type { ObjectStore } from '../../platform/objects/port.ts';

/** One key of either store. Sizes are absent where it is not there. */
export interface Compared {
  readonly key: string;
  readonly from?: number;
  readonly to?: number;
}

type Listed = Pick<ObjectStore, 'list'>;

/** The keys of both stores in ascending order, a few at a time, whatever there is of them. */
export async function* compared(from: Listed, to: Listed): AsyncGenerator<Compared> {
  const [theirs, ours] = [keysOf(from), keysOf(to)];
  let [source, target] = [await theirs.next(), await ours.next()];
  while (!(source.done && target.done)) {
    const [left, right] = [source.value, target.value];
    const isLeft = left !== undefined && (right === undefined || left.key <= right.key);
    const isRight = right !== undefined && (left === undefined || right.key <= left.key);
    const key = (isLeft ? left.key : right?.key) ?? '';
    yield { key, ...(isLeft && { from: left.sizeBytes }), ...(isRight && { to: right.sizeBytes }) };
    if (isLeft) source = await theirs.next();
    if (isRight) target = await ours.next();
  }
}

async function* keysOf(store: Listed): AsyncGenerator<{ key: string; sizeBytes: number }, undefined> {
  for await (const page of pagesOfKeys(store, '')) yield* page;
  return undefined;
}
