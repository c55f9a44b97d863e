import type { Console } from '../console.ts';

/** Says what a command that works on the data folder leaves out: the objects of further regions. */
export async function noteOtherRegions(console: Pick<Console, 'note'>, dataDir: string, why: string): Promise<void> {
  const { readMarker } = await import('../../local/folder/marker.ts');
  const names = (readMarker(dataDir)?.regions ?? []).map(({ name }) => name);
  if (names.length === 0) return;
  console.note(`The objects of ${names.length === 1 ? 'region' : 'regions'} ${names.join(', ')} ${why}`);
}
