import { type Figures, median } from '../figures.ts';
import { CALLS, type Call, callName, SYNC_NAME } from '../measures/machine/calls.ts';
import { rateName } from '../measures/machine/timer.ts';
import { STEPS, type Step, stepName } from '../measures/machine/transfers.ts';
import type { Sizes } from '../sizes.ts';
import { type Bound, judged } from './judge.ts';
import { latency } from './latency.ts';
import { mib, milliseconds, seconds, short, times } from './numbers.ts';
import type { Row } from './rows.ts';
import { TARGETS } from './targets.ts';

/** `varve server`, beside the emulated cloud and by itself. */
export function machineRows(figures: Figures, sizes: Sizes): Row[] {
  return [
    ...STEPS.flatMap((step) => stepRows(figures, step)),
    ...latency('append of 4 KiB and fdatasync in the same folder', figures.of(SYNC_NAME)),
    ...CALLS.flatMap((call) => callRows(figures, call)),
    ...loneRows(figures),
    ...delayRows(figures),
    ...machineTimerRows(figures, sizes),
  ];
}

const STEP_WORDS: Readonly<Record<Step, string>> = {
  first: 'first import',
  again: 'the same again to a new disk',
  unchanged: 'unchanged sync',
  changed: 'sync, 1 % changed',
  export: 'export',
};

function stepRows(figures: Figures, step: Step): Row[] {
  const [server, cloud] = [stepName('server', step), stepName('cloud', step)];
  const row = (what: string, name: string) =>
    judged(what, figures.of(`${name} s`), { format: seconds, peakMib: figures.of(`${name} peak MiB`) });
  return [
    ...row(`${STEP_WORDS[step]}: server`, server),
    ...row(`${STEP_WORDS[step]}: emulated cloud`, cloud),
    ...judged('  server to emulated cloud', figures.ratios(`${server} s`, `${cloud} s`), {
      format: times,
      bound: TARGETS.machine[step],
    }),
  ];
}

const CALL_WORDS: Readonly<Record<Call, string>> = {
  snapshot: 'snapshot',
  'new block': 'commit of a new block, with prepare and PUT',
  prepare: '  its prepare',
  put: '  its PUT',
  commit: '  its commit',
  disk: 'query of a disk',
};

function callRows(figures: Figures, call: Call): Row[] {
  return [
    ...latency(`${CALL_WORDS[call]}: server`, figures.of(callName('server', call)), callBound(figures, call)),
    ...latency(`${CALL_WORDS[call]}: emulated cloud`, figures.of(callName('cloud', call))),
  ];
}

/** What the disk takes for a sync is no fault of the server. */
function callBound(figures: Figures, call: Call): Bound | undefined {
  if (call === 'prepare' || call === 'put' || call === 'disk') return undefined;
  const { syncs, ms } = call === 'snapshot' ? TARGETS.machineSnapshot : TARGETS.machineCommit;
  return { most: syncs * median(figures.of(SYNC_NAME)) + ms };
}

function loneRows(figures: Figures): Row[] {
  const share = (value: number) => `${(100 * value).toFixed(2)} %`;
  return [
    ...judged('start until the API answers, on a new folder', figures.of('machine first start s'), {
      format: seconds,
      bound: TARGETS.machineStartS,
    }),
    ...judged('  on a folder that it knows', figures.of('machine start s'), {
      format: seconds,
      bound: TARGETS.machineStartS,
    }),
    ...judged('CPU without calls, of a core', figures.of('machine idle cpu share'), {
      format: share,
      bound: TARGETS.machineIdleShare,
    }),
    ...judged('resident memory without calls', figures.of('machine idle MiB'), {
      format: mib,
      bound: TARGETS.machineIdleMib,
    }),
    ...judged('  after the first import', figures.of('machine memory after first MiB'), {
      format: mib,
      bound: TARGETS.machineImportedMib,
    }),
    ...judged('  after all transfers', figures.of('machine memory after export MiB'), { format: mib }),
  ];
}

const DELAYS = { first: 'the first import', scrub: 'a scrub', reclaim: 'reclaim' } as const;

function delayRows(figures: Figures): Row[] {
  return Object.entries(DELAYS).flatMap(([name, words]) => [
    ...judged(`event loop late during ${words}, p99`, figures.of(`loop ${name} p99 ms`), {
      format: milliseconds,
      bound: TARGETS.machineDelayMs,
    }),
    ...judged('  at most', figures.of(`loop ${name} most ms`), { format: milliseconds }),
  ]);
}

function machineTimerRows(figures: Figures, { timerDisks, timerPolicies }: Sizes): Row[] {
  return [
    ...judged(`${timerDisks} disks due at once: ${timerPolicies} slots opened`, figures.of('machine timer open s'), {
      format: seconds,
    }),
    ...judged('  until the last snapshot', figures.of('machine timer taken s'), { format: seconds }),
    ...(['tmpfs', 'disk'] as const).flatMap((medium) =>
      judged(`  snapshots a second, on ${medium}`, figures.of(rateName(medium)), {
        format: short,
        bound: TARGETS.machineTimer[medium],
      }),
    ),
    ...judged('  until the last manifest', figures.of('machine timer saved s'), { format: seconds }),
  ];
}
