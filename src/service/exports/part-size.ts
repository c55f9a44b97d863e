import { MOST_PARTS } from '../../platform/files/port.ts';

/** How a file is cut into parts. Tests make the parts small, to have many. */
export interface ExportLimits {
  readonly leastPartBytes: number;
  readonly mostPartBytes: number;
  readonly mostParts: number;
}

const MIB = 1024 * 1024;

/** Two parts are in memory at once, and a worker works for four at once. */
export const EXPORT_LIMITS: ExportLimits = {
  leastPartBytes: 8 * MIB,
  mostPartBytes: 64 * MIB,
  mostParts: MOST_PARTS,
};

/** The longest file there can be: 625 GiB. */
export const mostFileBytes = ({ mostPartBytes, mostParts }: ExportLimits): number => mostPartBytes * mostParts;

/** The smallest parts, by steps of two, of which the file needs no more than it may have. */
export function partBytesOf(fileBytes: number, { leastPartBytes, mostParts }: ExportLimits): number {
  let partBytes = leastPartBytes;
  while (Math.ceil(fileBytes / partBytes) > mostParts) partBytes *= 2;
  return partBytes;
}
