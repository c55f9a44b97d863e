import { lookAtBlocks } from './block-task.ts';

/** Bytes that distinct blocks take, for the first image, for the first two, and so on. */
export async function storedFloors(images: readonly string[], signal: AbortSignal): Promise<number[]> {
  const stored = new Map<string, number>();
  const floors: number[] = [];
  for (const image of images) {
    const { facts } = await lookAtBlocks(image, { compress: true, signal });
    for (const one of facts) for (const [id, bytes] of one.stored) stored.set(id, bytes);
    floors.push([...stored.values()].reduce((sum, bytes) => sum + bytes, 0));
  }
  return floors;
}
