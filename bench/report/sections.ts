import { type Figures, median } from '../figures.ts';
import { TIMED_OPERATIONS } from '../measures/latency.ts';
import { GIB, type Sizes } from '../sizes.ts';
import { growthRows, reclaimRows } from './growth-rows.ts';
import { judged } from './judge.ts';
import { latency } from './latency.ts';
import { machineRows } from './machine-rows.ts';
import { nbdRows } from './nbd-rows.ts';
import { megabytes, mib, rate, seconds, times } from './numbers.ts';
import { peerRows } from './peer-rows.ts';
import type { Row, Section } from './rows.ts';
import { TARGETS } from './targets.ts';
import { timerRows } from './timer-rows.ts';

/** What was measured, in the order in which it is read. */
export function sections(figures: Figures, sizes: Sizes): Section[] {
  const all = [
    { title: 'One machine: varve server', rows: machineRows(figures, sizes) },
    { title: 'Beside borg and restic on one machine, same image', rows: peerRows(figures) },
    { title: 'The machine and its object store', rows: ceilingRows(figures) },
    { title: 'Bytes through Varve', rows: transferRows(figures, sizes) },
    { title: 'Beside restic, same store software, same image', rows: besideRows(figures) },
    { title: 'Calls of the API', rows: apiRows(figures) },
    { title: 'Disks over NBD, beside servers of a local file', rows: nbdRows(figures) },
    { title: 'Reclaim', rows: reclaimRows(figures) },
    { title: 'Growth', rows: growthRows(figures, sizes) },
    { title: 'The timer', rows: timerRows(figures, sizes) },
    { title: 'Memory of the client', rows: memoryRows(figures) },
  ];
  return all.filter(({ rows }) => rows.length > 0);
}

function ceilingRows(figures: Figures): Row[] {
  const bothTimes = (name: string) => best(figures.of(name));
  return [
    ...judged('raw PUT, 512 KiB objects, best of 16/32/64 connections', bothTimes('raw put B/s'), { format: rate }),
    ...judged('raw GET, the same', bothTimes('raw get B/s'), { format: rate }),
    ...judged('SHA-256 of the image on both cores (read, zero test, hash)', figures.of('sha256 s'), {
      format: seconds,
    }),
    ...judged('  of which hashing', figures.of('sha256 alone s'), { format: seconds }),
    ...judged('openssl dgst -sha256 of the image', figures.of('openssl s'), { format: seconds }),
  ];
}

/** The store is measured before and after: the better of both is what a round could have had. */
function best(values: readonly number[]): number[] {
  return values.flatMap((value, at) => (at % 2 === 0 ? [Math.max(value, values[at + 1] ?? value)] : []));
}

function transferRows(figures: Figures, { uniqueBytes, zeroBytes, largeBytes }: Sizes): Row[] {
  const rates = (name: string, bytes: number) => figures.of(`${name} s`).map((s) => bytes / s);
  const peak = (name: string) => ({ peakMib: figures.of(`${name} peak MiB`) });
  const share = (name: string, ceiling: string) => {
    const ceilings = best(figures.of(ceiling));
    return rates(name, uniqueBytes).map((value, round) => value / (ceilings[round] ?? Number.NaN));
  };
  const row = (what: string, name: string, bytes: number) =>
    judged(what, rates(name, bytes), { format: rate, ...peak(name) });
  const inGib = (value: number) => `${value.toFixed(2)} GiB/s`;
  const zeros = rates('import zeros', zeroBytes).map((value) => value / GIB);
  return [
    ...row('import, unique incompressible bytes', 'import unique', uniqueBytes),
    ...judged('  of raw PUT', share('import unique', 'raw put B/s'), { format: times, bound: TARGETS.importOfPut }),
    ...row('import of the same again', 'import duplicate', uniqueBytes),
    ...row('export', 'export unique', uniqueBytes),
    ...judged('  of raw GET', share('export unique', 'raw get B/s'), { format: times, bound: TARGETS.exportOfGet }),
    ...judged('import of written zeros', zeros, {
      format: inGib,
      bound: TARGETS.zerosGibPerSecond,
      ...peak('import zeros'),
    }),
    ...judged(`import of a sparse file of ${largeBytes / GIB} GiB`, figures.of('import sparse s'), {
      format: seconds,
      ...peak('import sparse'),
    }),
  ];
}

const STEPS = [
  { step: 'full', what: 'first import' },
  { step: 'unchanged', what: 'unchanged' },
  { step: 'changed', what: '1 % changed' },
  { step: 'restore', what: 'restore' },
] as const;

function besideRows(figures: Figures): Row[] {
  const row = (what: string, name: string) =>
    judged(what, figures.of(`${name} s`), { format: seconds, peakMib: figures.of(`${name} peak MiB`) });
  const steps = STEPS.flatMap(({ step, what }) => [
    ...row(`${what}: Varve`, `varve ${step}`),
    ...row(`${what}: restic`, `restic ${step}`),
    ...judged('  Varve to restic', figures.ratios(`varve ${step} s`, `restic ${step} s`), {
      format: times,
      bound: TARGETS[step],
    }),
  ]);
  const hashing = figures.ratios('varve unchanged s', 'sha256 s');
  return [
    ...steps,
    ...judged('unchanged, to SHA-256 on both cores', hashing, { format: times, bound: TARGETS.unchangedOfHashing }),
    ...judged('  to the hashing in it', figures.ratios('varve unchanged s', 'sha256 alone s'), { format: times }),
    ...storedRows(figures, 'a', 'varve stored a', 'restic stored after full'),
    ...storedRows(figures, 'a and b', 'varve stored a and b', 'restic stored after changed'),
  ];
}

function storedRows(figures: Figures, which: string, varve: string, restic: string): Row[] {
  const floor = median(figures.of(`floor ${which}`));
  const toFloor = figures.of(varve).map((bytes) => bytes / floor);
  return [
    ...judged(`stored for ${which}: Varve`, figures.of(varve), { format: megabytes }),
    ...judged(`stored for ${which}: restic`, figures.of(restic), { format: megabytes }),
    ...judged('  Varve to the blocks alone, zstd -1', toFloor, {
      format: (value) => `${value.toFixed(4)} x`,
      bound: TARGETS.storedOfFloor,
    }),
  ];
}

function apiRows(figures: Figures): Row[] {
  const operations = TIMED_OPERATIONS.flatMap((operation) => {
    const [small, large] = [figures.of(`${operation} small ms`), figures.of(`${operation} large ms`)];
    const bounded = operation === 'snapshot' || operation === 'rollback' || operation === 'clone';
    const ratio = large.length === 0 ? [] : [median(large) / median(small)];
    return [
      ...latency(`${operation}, 1 GiB disk`, small, bounded ? TARGETS.apiMs : undefined),
      ...latency(`${operation}, 1 TiB disk`, large, bounded ? TARGETS.apiMs : undefined),
      ...judged('  1 TiB to 1 GiB', ratio, { format: times, ...(bounded ? { bound: TARGETS.largeOfSmall } : {}) }),
    ];
  });
  return [
    ...judged('start of an empty installation on this machine', figures.of('start s'), { format: seconds }),
    ...operations,
    ...latency('list of all snapshots in one page', figures.of('list ms'), undefined),
  ];
}

const CLIENT_RUNS = ['import unique', 'import duplicate', 'export unique', 'import zeros', 'import sparse'];

function memoryRows(figures: Figures): Row[] {
  const names = [...CLIENT_RUNS, ...STEPS.map(({ step }) => `varve ${step}`)];
  const peaks = names.flatMap((name) => figures.of(`${name} peak MiB`));
  const growth = (name: string) => figures.ratios(`${name} peak MiB`, 'import unique peak MiB');
  return [
    ...judged('most of all the runs above', peaks.length === 0 ? [] : [Math.max(...peaks)], {
      format: mib,
      bound: TARGETS.clientMib,
    }),
    ...judged('import of the filesystem image to that of the smaller one', growth('varve full'), {
      format: times,
      bound: TARGETS.memoryGrowth,
    }),
    ...judged('import of the 1 TiB sparse file to that of 1 GiB', growth('import sparse'), {
      format: times,
      bound: TARGETS.memoryGrowth,
    }),
  ];
}
