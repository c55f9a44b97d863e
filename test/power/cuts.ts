import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Mutation } from '../mutations/mutation.ts';
import { seededRandom } from '../support/seeded-random.ts';
import type { CheckJob, CheckReport } from './check-main.ts';
import { replay } from './power-cut.ts';
import { DATA_FOLDER, type PowerRecord } from './record.ts';
import { forkPatched } from './server-process.ts';
import { AFTER_A_CUT } from './short-times.ts';

export interface CutOptions {
  readonly folder: string;
  readonly cuts: number;
  readonly seed: number;
  readonly checkers: number;
  readonly breaks?: Mutation['edits'] | undefined;
  /** Where the disk of the first cut that fails is kept, with what was expected of it. */
  readonly keep?: string | undefined;
}

export interface CutsResult {
  /** Cuts that were checked; fewer than were asked for once one has failed. */
  readonly checked: number;
  /** Of the first that failed. */
  readonly failure?: { readonly position: number; readonly faults: readonly string[] };
}

/** The check itself reads every object. The scrub does so too, each tenth time. */
const WHOLE_SCRUB_EACH = 10;
const SAMPLE_PERCENT = 10;
/** A restore, and a start on what it brings, take as long as all the rest. */
const RESTORED_EACH = 3;

/**
 * Cuts the power at random moments of the record, and has what each leaves mounted, started on and
 * checked. Ends with the first cut after which something is wrong.
 */
export async function checkCuts(record: PowerRecord, options: CutOptions): Promise<CutsResult> {
  const { folder, seed, checkers, breaks = [], keep } = options;
  await mkdir(folder, { recursive: true });
  const random = seededRandom(seed);
  const positions = shuffled(cutPositions(record, options.cuts, random), random);
  let checked = 0;
  let failure: CutsResult['failure'];
  const check = async (checker: ChildProcess, position: number, at: number) => {
    const image = join(folder, `cut-${at}`);
    // A replay of its own would take longer than one from the beginning now and then.
    const left = replay(record.contents, record.told).cutAt(position, random);
    await writeFile(image, left);
    const isStarted = record.startedAt <= position;
    const job: CheckJob = {
      image,
      folder: DATA_FOLDER,
      expected: record.acknowledged.at(position),
      sent: record.acknowledged.sentBy(position),
      backups: at % RESTORED_EACH === 0 ? chosen(record.acknowledged.backupsAt(position), random) : [],
      apiKey: isStarted ? record.apiKey : undefined,
      samplePercent: at % WHOLE_SCRUB_EACH === 0 ? 100 : SAMPLE_PERCENT,
    };
    const { faults } = await ask(checker, job);
    await rm(image);
    checked++;
    if (faults.length === 0 || failure !== undefined) return;
    failure = { position, faults };
    if (keep !== undefined) await keepCut(keep, left, job);
  };
  await Promise.all(
    Array.from({ length: checkers }, async () => {
      const checker = forkPatched('check-main.ts', [], [...AFTER_A_CUT, ...breaks]);
      for (let position = positions.pop(); position !== undefined && failure === undefined; position = positions.pop())
        await check(checker, position, positions.length);
      checker.disconnect();
      await once(checker, 'exit');
    }),
  );
  return failure === undefined ? { checked } : { checked, failure };
}

const chosen = <T>(from: readonly T[], random: () => number): readonly T[] =>
  from.length === 0 ? [] : [from[Math.floor(random() * from.length)] as T];

async function ask(checker: ChildProcess, job: CheckJob): Promise<CheckReport> {
  const over = new AbortController();
  const ended = once(checker, 'exit', over).then(() => ({ faults: ['the process of the check has ended'] }));
  const answered = once(checker, 'message', over).then(([report]: CheckReport[]) => report as CheckReport);
  checker.send(job);
  try {
    return await Promise.race([answered, ended]);
  } finally {
    over.abort();
    await Promise.allSettled([answered, ended]);
  }
}

async function keepCut(folder: string, left: Buffer, job: CheckJob): Promise<void> {
  await mkdir(folder, { recursive: true });
  const image = join(folder, 'disk');
  await writeFile(image, left);
  await writeFile(join(folder, 'job.json'), JSON.stringify({ ...job, image }));
}

/** Anywhere, right before a flush, and right after somebody was told that something is done. */
function cutPositions({ told, acknowledged }: PowerRecord, cuts: number, random: () => number): number[] {
  const flushes = told.flatMap(({ kind }, at) => (kind === 'flush' ? [at] : []));
  const moments = acknowledged.moments();
  const pick = (from: readonly number[]) => from[Math.floor(random() * from.length)] ?? told.length;
  return Array.from({ length: cuts }, (_, at) => {
    if (at % 4 === 0) return Math.floor(random() * (told.length + 1));
    return at % 4 === 1 ? pick(flushes) : pick(moments);
  });
}

function shuffled(all: readonly number[], random: () => number): number[] {
  return all
    .map((one) => ({ one, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ one }) => one);
}
