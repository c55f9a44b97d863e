import { BenchError } from '../bench-error.ts';
import type { Run } from './program.ts';

export type Direction = 'read' | 'randread' | 'write' | 'randwrite';

export interface FioSpec {
  readonly uri: string;
  readonly direction: Direction;
  readonly blockBytes: number;
  readonly depth: number;
  /** Of the export, from its beginning. */
  readonly sizeBytes: number;
  readonly seconds: number;
  /**
   * Goes over the export again and again until the time is over; else it ends with the export, if
   * that is earlier.
   */
  readonly again: boolean;
  /**
   * For sequential ones that pass over so many bytes after each access: how much is accessed in
   * all.
   */
  readonly sparse?: { readonly skipBytes: number; readonly totalBytes: number };
  /** A flush after each write. */
  readonly flush?: boolean;
}

export interface FioResult {
  readonly bytesPerSecond: number;
  /** Median of a read or write, and of the flush after it. */
  readonly p50Ms: number;
  readonly flushP50Ms: number;
}

interface Percentiles {
  readonly percentile?: Readonly<Record<string, number>>;
}

interface Job {
  readonly error: number;
  readonly read: { readonly bw_bytes: number; readonly clat_ns: Percentiles };
  readonly write: { readonly bw_bytes: number; readonly clat_ns: Percentiles };
  readonly sync: { readonly lat_ns: Percentiles };
}

const LIMIT_BESIDES_S = 120;

/**
 * One job through fio's NBD engine; the same seed for all, so that all servers are asked for the
 * same places.
 */
export async function fio(run: Run, spec: FioSpec): Promise<FioResult> {
  const { stdout } = await run({
    command: 'fio',
    args: [
      '--name=nbd',
      '--thread', // a forked job outlives a fio that is killed, and keeps what it writes to open
      '--ioengine=nbd',
      `--uri=${spec.uri}`,
      `--rw=${spec.direction}${spec.sparse === undefined ? '' : `:${spec.sparse.skipBytes}`}`,
      ...(spec.sparse === undefined ? [] : [`--io_size=${spec.sparse.totalBytes}`]),
      `--bs=${spec.blockBytes}`,
      `--iodepth=${spec.depth}`,
      `--size=${spec.sizeBytes}`,
      `--runtime=${spec.seconds}`,
      ...(spec.again ? ['--time_based'] : []),
      ...(spec.flush === true ? ['--fsync=1'] : []),
      '--randseed=1',
      '--norandommap',
      '--refill_buffers',
      '--output-format=json',
    ],
    limitS: spec.seconds + LIMIT_BESIDES_S,
  });
  const [job] = (JSON.parse(stdout.slice(stdout.indexOf('{'))) as { readonly jobs: readonly Job[] }).jobs;
  if (job === undefined || job.error !== 0) throw new BenchError(`fio failed on ${spec.uri} (${job?.error}).`);
  const side = spec.direction.endsWith('read') ? job.read : job.write;
  const p50 = ({ percentile }: Percentiles) => (percentile?.['50.000000'] ?? Number.NaN) / 1e6;
  return { bytesPerSecond: side.bw_bytes, p50Ms: p50(side.clat_ns), flushP50Ms: p50(job.sync.lat_ns) };
}
