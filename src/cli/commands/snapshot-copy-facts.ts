import type { SnapshotCopy } from '../../client/service/snapshots.ts';
import type { Fact } from '../console.ts';
import { counted, formatSize } from '../sizes.ts';
import { problemFact } from './background.ts';

/** What a snapshot is a copy of, and how far that is. */
export function copyFacts(copy: SnapshotCopy | null): Fact[] {
  if (copy === null) return [];
  const { sourceSnapshotId, sourceDiskId, sourceRegion, problem } = copy;
  return [
    ['Copy of', `${sourceSnapshotId} of disk ${sourceDiskId} in region ${sourceRegion}`],
    ['Copied', progressText(copy)],
    problemFact(problem),
  ];
}

/** Undefined long after its end. */
export function progressText({ totalBytes, doneBytes, movedBlocks, movedBytes }: SnapshotCopy): string | undefined {
  if (doneBytes === null) return undefined;
  const of = totalBytes === null ? '' : ` of ${formatSize(totalBytes)}`;
  const sent = `${counted(movedBlocks ?? 0, 'block')} sent, ${formatSize(movedBytes ?? 0)}`;
  return `${formatSize(doneBytes)}${of}; ${sent}`;
}
