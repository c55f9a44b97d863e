import { type Figures, median } from '../figures.ts';
import {
  FLOOR_NAME,
  ON_DISK_NAME,
  PEER_STEPS,
  type PeerStep,
  peerStep,
  peerStored,
  type Side,
} from '../measures/beside-peers.ts';
import { type Bound, judged } from './judge.ts';
import { megabytes, seconds, times } from './numbers.ts';
import type { Row } from './rows.ts';
import { TARGETS } from './targets.ts';

const WORDS: Readonly<Record<PeerStep, string>> = {
  first: 'first import',
  again: 'the same again, to a new disk',
  unchanged: 'unchanged',
  changed: '1 % changed',
  restore: 'restore',
};
const SIDES: readonly Side[] = ['varve', 'borg', 'restic'];
/** Of the floor, which does the same to the same bytes. */
const OF_FLOOR: Partial<Readonly<Record<PeerStep, Bound>>> = {
  again: TARGETS.againOfFloor,
  unchanged: TARGETS.unchangedOfFloor,
};

/** `varve server` beside other programs that keep images in a folder. */
export function peerRows(figures: Figures): Row[] {
  return [
    ...judged('read, zero test and SHA-256 on both cores', figures.of(FLOOR_NAME), { format: seconds }),
    ...PEER_STEPS.flatMap((step) => stepRows(figures, step)),
    ...(['a', 'a and b'] as const).flatMap((images) => storedRows(figures, images)),
  ];
}

function stepRows(figures: Figures, step: PeerStep): Row[] {
  const varve = `${peerStep('varve', step)} s`;
  const borg = figures.of(ON_DISK_NAME).length > 0 ? { ...TARGETS.borg, ...TARGETS.borgOnDisk } : TARGETS.borg;
  const ratio = (what: string, to: string, bound: Bound | undefined) =>
    judged(what, figures.ratios(varve, to), { format: times, ...(bound && { bound }) });
  return [
    ...SIDES.flatMap((side) => {
      const name = peerStep(side, step);
      return judged(`${WORDS[step]}: ${side}`, figures.of(`${name} s`), {
        format: seconds,
        peakMib: figures.of(`${name} peak MiB`),
      });
    }),
    ...ratio('  varve to borg', `${peerStep('borg', step)} s`, borg[step]),
    ...ratio('  varve to restic', `${peerStep('restic', step)} s`, TARGETS.localRestic[step]),
    ...(OF_FLOOR[step] === undefined ? [] : ratio('  varve to SHA-256 alone', FLOOR_NAME, OF_FLOOR[step])),
  ];
}

function storedRows(figures: Figures, images: 'a' | 'a and b'): Row[] {
  const floor = median(figures.of(`floor ${images}`));
  const stored = figures.of(peerStored('varve', images));
  return [
    ...SIDES.flatMap((side) =>
      judged(`stored for ${images}: ${side}`, figures.of(peerStored(side, images)), { format: megabytes }),
    ),
    ...judged(
      '  varve to the blocks alone, zstd -1',
      stored.map((bytes) => bytes / floor),
      { format: (value) => `${value.toFixed(4)} x`, bound: TARGETS.storedOfFloor },
    ),
  ];
}
