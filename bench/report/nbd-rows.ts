import { type Figures, median } from '../figures.ts';
import { type Access, READS, rateName, SYNC_NAME, WRITES } from '../measures/attached.ts';
import { KIB, MIB } from '../sizes.ts';
import { type Bound, judged } from './judge.ts';
import { mib, milliseconds, rate, seconds, times } from './numbers.ts';
import type { Row } from './rows.ts';
import { TARGETS } from './targets.ts';

const WORDS = {
  read: 'sequential reads',
  randread: 'random reads',
  write: 'sequential writes',
  randwrite: 'random writes',
} as const;

/**
 * Each way of reading and writing, with its ratios to servers of a local file in the same round.
 */
export function nbdRows(figures: Figures): Row[] {
  const peaks = figures.of('nbd attach peak MiB');
  return [
    ...READS.flatMap((access) => besideRows(figures, access, 'varve cold', coldBound(access))),
    ...READS.flatMap((access) => besideRows(figures, access, 'varve warm', warmBound(access))),
    ...WRITES.flatMap((access) =>
      besideRows(
        figures,
        access,
        'varve local',
        access.blockBytes === 64 * KIB ? TARGETS.localWritesOfNbdkit : undefined,
      ),
    ),
    ...judged('random write of 4 KiB and flush, durable in the service, p50', figures.of('nbd write and flush ms'), {
      format: milliseconds,
      bound: flushBound(figures),
    }),
    ...judged('varve attach, until clients can connect', figures.of('nbd attach s'), {
      format: seconds,
      bound: TARGETS.attachSeconds,
    }),
    ...judged('  of a disk of 64 TiB', figures.of('nbd largest attach s'), {
      format: seconds,
      bound: TARGETS.attachSeconds,
    }),
    ...judged('its memory, most of all', peaks.length === 0 ? [] : [Math.max(...peaks)], {
      format: mib,
      bound: TARGETS.attachMib,
    }),
    ...judged('  with a disk of 64 TiB', figures.of('nbd largest peak MiB'), {
      format: mib,
      bound: TARGETS.attachMib,
    }),
  ];
}

function coldBound({ direction, blockBytes }: Access): Bound | undefined {
  return direction === 'read' && blockBytes === MIB ? TARGETS.coldReadsOfNbdkit : undefined;
}

function warmBound({ direction, blockBytes }: Access): Bound | undefined {
  if (blockBytes === MIB) return TARGETS.warmReadsOfNbdkit;
  return direction === 'randread' && blockBytes === 4 * KIB ? TARGETS.warmSmallReadsOfNbdkit : undefined;
}

/** Below that, it is no disk that is synced. */
const TMPFS_SYNC_MS = 0.1;

function flushBound(figures: Figures): Bound {
  const { tmpfsMs, syncs, ms } = TARGETS.flush;
  const sync = median(figures.of(SYNC_NAME));
  return { most: sync < TMPFS_SYNC_MS ? tmpfsMs : syncs * sync + ms };
}

function besideRows(figures: Figures, access: Access, ours: string, bound: Bound | undefined): Row[] {
  const name = rateName(ours, access);
  const beside = (server: string) => figures.ratios(name, rateName(server, access));
  return [
    ...judged(`${ours.replace('varve ', '')} ${title(access)}`, figures.of(name), { format: rate }),
    ...judged('  of nbdkit file', beside('nbdkit'), { format: times, ...(bound ? { bound } : {}) }),
    ...judged('  of qemu-nbd', beside('qemu-nbd'), { format: times }),
  ];
}

function title({ direction, blockBytes, depth }: Access): string {
  return `${WORDS[direction]} of ${blockBytes / KIB} KiB, ${depth} at once`;
}
