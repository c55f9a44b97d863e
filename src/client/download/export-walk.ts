import type { TaskGroup } from '../flow/task-group.ts';
import { bytesWithin, type Meter } from '../progress.ts';
import type { FetchParts } from './fetch-block.ts';
import type { ImageOutput } from './output.ts';

/** What writing a version to a file or device needs. */
export interface ExportWalk extends FetchParts {
  readonly group: TaskGroup;
  readonly meter: Meter;
  readonly output: ImageOutput;
  readonly sealed: boolean;
}

export function countRead({ meter }: ExportWalk, first: number, count: number): void {
  meter.readBytes += bytesWithin(meter.totalBytes ?? Number.POSITIVE_INFINITY, first, count);
}
