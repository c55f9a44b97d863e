import { setTimeout as sleep } from 'node:timers/promises';
import manifest from '../../../package.json' with { type: 'json' };
import type { Composition } from '../../assembly.ts';
import { isRebuilding } from '../../engine/ledger/rebuild-barrier.ts';
import { freeBytes } from '../../platform/disk-space.ts';
import { type Family, gauge } from '../../platform/metrics/family.ts';
import type { Registry } from '../../platform/metrics/meter.ts';
import type { InProcessQueue } from '../../platform/queue/in-process.ts';
import { policyRuns } from '../../service/calls/metered.ts';
import { collectFigures } from '../../service/figures/collect.ts';
import { clockFamilies, familiesOf } from '../../service/figures/families.ts';
import { type Notes, readNotes } from '../keep/notes.ts';
import { watchLoopDelay } from './loop-delay.ts';
import { processFamilies } from './process-families.ts';

export interface MonitorDeps {
  readonly composition: Pick<Composition, 'service' | 'clock' | 'clockWatch' | 'log'>;
  readonly registry: Registry;
  readonly queue: Pick<InProcessQueue, 'state'>;
  readonly folder: string;
  readonly reserveBytes: number;
  readonly whyReadOnly: () => string | undefined;
}

/** Keeps the figures of this installation at hand, so that a scrape waits for no store. */
export interface Monitor {
  families(): Family[];
  stop(): Promise<void>;
}

const EVERY_MS = 30_000;
const LOOK_MS = 20_000;

export function startMonitor(deps: MonitorDeps, everyMs = EVERY_MS): Monitor {
  const { composition, registry } = deps;
  const { log } = composition;
  // From the start, so that the first failure is an increase.
  for (const result of ['done', 'skipped', 'failed']) registry.count(policyRuns, { result }, 0);
  const stopped = new AbortController();
  let collected: Family[] = [];
  const loop = async () => {
    while (!stopped.signal.aborted) {
      collected = await collect(deps, stopped.signal).catch((error: unknown) => {
        log.error('the figures were not collected', { error });
        return collected; // their own time says how old they are
      });
      // It fails only if the signal fires, which the loop looks at.
      await sleep(everyMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  };
  const ended = loop();
  const delays = watchLoopDelay(registry);
  return {
    families: () => [...registry.families(), ...collected, ...familiesNow(deps)],
    stop: async () => {
      delays.stop();
      stopped.abort();
      await ended;
    },
  };
}

async function collect({ composition }: MonitorDeps, signal: AbortSignal): Promise<Family[]> {
  const { service, clock, clockWatch } = composition;
  const until = performance.now() + LOOK_MS;
  const [figures, rebuilding, verdict] = await Promise.all([
    collectFigures(service, () => signal.aborted || performance.now() >= until),
    isRebuilding(service),
    clockWatch.look(),
  ]);
  const now = clock.now();
  return [
    ...familiesOf(figures, now),
    ...clockFamilies(verdict),
    gauge('varve_rebuilding', 'Whether the catalogue is being rebuilt.', rebuilding ? 1 : 0),
    gauge('varve_figures_timestamp_seconds', 'When what is counted in the catalogue was counted.', now / 1000),
  ];
}

/** What is there without asking a store. */
function familiesNow({ queue, folder, reserveBytes, whyReadOnly }: MonitorDeps): Family[] {
  const { waiting, oldestMs } = queue.state();
  const free = freeBytes(folder);
  const build = { version: manifest.version, node: process.version };
  return [
    { kind: 'gauge', name: 'varve_build_info', help: 'Which build runs.', samples: [{ labels: build, value: 1 }] },
    gauge('varve_queue_messages', 'Messages that wait for a worker.', waiting),
    gauge('varve_queue_oldest_message_age_seconds', 'How long the first of them has waited.', oldestMs / 1000),
    gauge('varve_read_only', 'Whether changes are refused, as the catalogue is damaged.', whyReadOnly() ? 1 : 0),
    ...(Number.isFinite(free) ? [gauge('varve_free_bytes', 'Free on the disk of the data folder.', free)] : []),
    gauge('varve_reserve_bytes', 'Below so many free bytes no block is taken in.', reserveBytes),
    ...noteFamilies(readNotes(folder)),
    ...processFamilies(),
  ];
}

function noteFamilies({ backup, check, copy }: Notes): Family[] {
  const at = (name: string, help: string, time: string | undefined): Family[] =>
    time === undefined ? [] : [gauge(name, help, Date.parse(time) / 1000)];
  return [
    ...at('varve_last_backup_timestamp_seconds', 'When the last backup ended. Absent before the first.', backup?.at),
    ...at('varve_last_catalogue_check_timestamp_seconds', 'When the catalogue was last checked.', check?.at),
    ...at('varve_last_catalogue_copy_timestamp_seconds', 'When the catalogue was last copied.', copy?.at),
  ];
}
