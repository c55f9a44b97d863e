import { lookAtBlocks } from './block-task.ts';

export interface HashRates {
  /** Two threads read every block and hash those that are not zero. */
  readonly wallS: number;
  /** The part of it that is hashing: what it would take were the bytes there without reading. */
  readonly hashOnlyS: number;
  readonly nonZeroBytes: number;
}

/** SHA-256 of an image's blocks that are not zero, on both cores. */
export async function measureHashing(image: string, signal: AbortSignal): Promise<HashRates> {
  const { wallS, facts } = await lookAtBlocks(image, { compress: false, signal });
  const sum = (of: 'hashS' | 'nonZeroBytes') => facts.reduce((total, one) => total + one[of], 0);
  return { wallS, hashOnlyS: sum('hashS') / facts.length, nonZeroBytes: sum('nonZeroBytes') };
}
