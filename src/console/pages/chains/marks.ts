import type { ChainNode } from './chain.tsx';

export type Mark = 'byHand' | 'byPolicy' | 'pinned' | 'usedByDisk' | 'usedByImage';

/** What a glyph says of a snapshot, as keys of the texts. */
export function marksOf({ kind, pinnedAt, usage }: ChainNode['snapshot']): readonly Mark[] {
  return [
    kind === 'AUTO' ? ('byPolicy' as const) : ('byHand' as const),
    ...(pinnedAt === null ? [] : ['pinned' as const]),
    ...(usage === 'DISK' || usage === 'IMAGE_AND_DISK' ? ['usedByDisk' as const] : []),
    ...(usage === 'IMAGE' || usage === 'IMAGE_AND_DISK' ? ['usedByImage' as const] : []),
  ];
}
