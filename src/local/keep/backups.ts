import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isoTime } from '../../platform/clock.ts';
import { invalid } from '../../platform/errors.ts';
import type { Log } from '../../platform/log.ts';
import { StartError } from '../start-error.ts';
import { type BackupReport, type BackupSource, backUp } from './backup.ts';
import { stagingOf } from './backup-place.ts';
import { note } from './notes.ts';
import type { Progress } from './thread-jobs.ts';

/** What a client of the running server asks for, one at a time, and asks again until it is done. */
export type BackupCall =
  /** `to` is a folder, or absent for one that waits to be sent elsewhere. */
  | { readonly start: { readonly to?: string; readonly withKeys: boolean } }
  | { readonly poll: string }
  | { readonly stop: string }
  /** What waited was sent: `to` says where. Or it is still being sent, or never will be. */
  | { readonly sent: { readonly to?: string; readonly ended: boolean } };

export type BackupAnswer =
  | { readonly state: 'running'; readonly id: string; readonly progress?: Progress }
  | { readonly state: 'done'; readonly id: string; readonly report: BackupReport }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'none' };

export interface Backups {
  call(event: object): Promise<BackupAnswer>;
  stop(): Promise<void>;
}

interface Run {
  readonly id: string;
  readonly to: string;
  readonly abort: AbortController;
  readonly ended: Promise<void>;
  askedAt: number;
  progress?: Progress;
  outcome?: BackupAnswer;
}

/** Nobody waits for it any more: it is stopped, and the next one goes on. */
const FORGOTTEN_MS = 60_000;
const LOOK_MS = 5_000;
/** What is under way ends first, so that whoever has stopped a backup can begin another. */
const STOP_WAIT_MS = 10_000;

export function createBackups(source: BackupSource & { readonly log: Log }, forgottenMs = FORGOTTEN_MS): Backups {
  const { folder, clock, log } = source;
  const staging = stagingOf(folder);
  let run: Run | undefined;
  /** When the client that sends the staged backup last called. */
  let sentAt = Number.NEGATIVE_INFINITY;
  const dropStaging = () => {
    sentAt = Number.NEGATIVE_INFINITY;
    rmSync(staging, { recursive: true, force: true });
  };
  dropStaging();
  const watch = setInterval(
    () => {
      const before = performance.now() - forgottenMs;
      if (run !== undefined && run.outcome === undefined && run.askedAt < before)
        run.abort.abort(new StartError('Nobody waited for the backup any more, so it was stopped.'));
      if (sentAt > Number.NEGATIVE_INFINITY && sentAt < before) dropStaging();
    },
    Math.min(LOOK_MS, forgottenMs),
  ).unref();

  const start = ({ to = staging, withKeys }: { readonly to?: string; readonly withKeys: boolean }): BackupAnswer => {
    if (run !== undefined && run.outcome === undefined)
      return failed(`Another backup (to ${run.to}) is under way: run it again when that has ended.`);
    if (to === staging && sentAt > Number.NEGATIVE_INFINITY)
      return failed('Another backup is being sent to an object store: run it again when that has ended.');
    const abort = new AbortController();
    const own: Run = { id: randomUUID(), to, abort, askedAt: performance.now(), ended: work() };
    run = own;
    return { state: 'running', id: own.id };

    async function work(): Promise<void> {
      await Promise.resolve(); // `own` is there
      const progress = (done: Progress) => {
        own.progress = done;
      };
      try {
        const report = await backUp(source, { to, withKeys }, { signal: abort.signal, progress });
        own.outcome = { state: 'done', id: own.id, report };
        if (to === staging) sentAt = performance.now();
        else noteBackup(report.madeAt, to);
        log.info('backed up', {
          to,
          objects: report.objects.count,
          copied: report.copied,
          missing: report.missing.length,
        });
      } catch (error) {
        own.outcome = failed((error as Error).message);
        if (to === staging) dropStaging();
        log[error instanceof StartError ? 'warn' : 'error']('the backup failed', { to, error });
      }
    }
  };
  const noteBackup = (at: string, to: string) => note(folder, (notes) => ({ ...notes, backup: { at, to } }));

  return {
    async call(event) {
      const asked = parseCall(event);
      if ('start' in asked) return start(asked.start);
      if ('sent' in asked) {
        const { to, ended } = asked.sent;
        if (to !== undefined) noteBackup(isoTime(clock.now()), to);
        if (ended) dropStaging();
        else if (sentAt > Number.NEGATIVE_INFINITY) sentAt = performance.now();
        return { state: 'none' };
      }
      const id = 'poll' in asked ? asked.poll : asked.stop;
      if (run === undefined || run.id !== id) return { state: 'none' };
      run.askedAt = performance.now();
      if ('stop' in asked) {
        run.abort.abort(new StartError('The backup was stopped.'));
        await Promise.race([run.ended, sleep(STOP_WAIT_MS, undefined, { ref: false })]);
      }
      const { progress, outcome } = run;
      return outcome ?? { state: 'running', id, ...(progress && { progress }) };
    },
    stop: async () => {
      clearInterval(watch);
      run?.abort.abort(new StartError('Varve ended, so the backup was stopped: run it again to go on.'));
      await run?.ended;
    },
  };
}

/** Where the objects are in a bucket. */
export function noBackups(at: string): Backups {
  return { call: async () => failed(whyNoBackup(at)), stop: async () => undefined };
}

export function whyNoBackup(at: string): string {
  return (
    `The objects are in ${at}, whose backup is the bucket's own affair (versions, replication); each hour a copy of ` +
    'the catalogue goes there too, and "varve rebuild" makes the catalogue of both.'
  );
}

const failed = (message: string): BackupAnswer => ({ state: 'failed', message });

function parseCall(event: object): BackupCall {
  const { start, poll, stop, sent } = event as Record<string, unknown>;
  if (typeof poll === 'string') return { poll };
  if (typeof stop === 'string') return { stop };
  if (isObject(start)) {
    const { to, withKeys } = start;
    if (to !== undefined && !(typeof to === 'string' && isAbsolute(to)))
      throw invalid('to', 'must be an absolute path');
    return { start: { ...(typeof to === 'string' && { to: resolve(to) }), withKeys: withKeys === true } };
  }
  if (isObject(sent)) {
    const { to, ended } = sent;
    return { sent: { ...(typeof to === 'string' && { to }), ended: ended === true } };
  }
  throw invalid('event', 'must have one of start, poll, stop and sent');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
