import { createLedgerWorker } from '../../src/engine/ledger/ledger-worker.ts';
import { RECLAIM_TIMES } from '../../src/engine/reclaim/reclaim.ts';
import { createReclaimer } from '../../src/engine/reclaim/reclaimer.ts';
import { createLog } from '../../src/platform/log.ts';
import type { ClockVerdict } from '../../src/platform/time/explain-clock.ts';
import { sweepSamples } from '../../src/service/capacity/sample.ts';
import { type ClockWatch, watchClock } from '../../src/service/clocks/watch.ts';
import { sweepDrafts } from '../../src/service/datapath/discard.ts';
import { sweepUnpaid } from '../../src/service/disks/end-of-payment.ts';
import { sweepInstances } from '../../src/service/instances/work.ts';
import { sweepLeases } from '../../src/service/leases/sweep.ts';
import { runSlot } from '../../src/service/policies/run-slot.ts';
import { tick } from '../../src/service/policies/timer.ts';
import { sweepScrubs } from '../../src/service/scrubs/rolling.ts';
import { runScrub } from '../../src/service/scrubs/run.ts';
import type { Service } from '../../src/service/service.ts';
import { sweepArrears } from '../../src/service/snapshots/arrears.ts';
import { sweepExpired } from '../../src/service/snapshots/expiry.ts';
import { finishOverdue, sweepOverdue } from '../../src/service/snapshots/overdue.ts';
import { sweepTrash } from '../../src/service/trash/sweep.ts';
import { createEngineHarness, type EngineHarness } from './engine-harness.ts';
import { memoryService, openMemoryAccount } from './memory-service.ts';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;
const FOREVER = Number.POSITIVE_INFINITY;
const PACE = { bytesPerDay: 2 ** 30, everyMs: 30 * DAY_MS };

/** An installation on one machine, whose clock can be wrong while time goes on. */
export interface ClockWorld {
  readonly harness: EngineHarness;
  readonly service: Service;
  readonly watch: ClockWatch;
  /** Lines of the log about the clock. */
  readonly events: string[];
  /** How late it really is. */
  now(): number;
  /** By how much the clock is wrong. */
  setWrong(ms: number): void;
  /** Time goes on, and the clock with it. */
  pass(ms: number): void;
  /** The machine is off for so long, and starts. */
  restart(offMs: number): void;
  /** Timer, janitor and workers, once each, as they come every minute. */
  round(): Promise<ClockVerdict>;
  /** So many minutes, with a round in each. */
  minutes(count: number): Promise<void>;
}

export interface WorldOptions {
  /** What the store's own clock says, of how late it really is. */
  readonly storeNow?: (now: number) => number;
}

export async function clockWorld({ storeNow }: WorldOptions = {}): Promise<ClockWorld> {
  const harness = createEngineHarness(7);
  const { clock, catalogue } = harness;
  const machine = { boot: 1, uptimeMs: HOUR_MS, wrongMs: 0 };
  const now = () => clock.at - machine.wrongMs;
  const events: string[] = [];
  const log = createLog({ level: 'info', clock, write: (line) => events.push((JSON.parse(line) as Line).message) });
  const watch = watchClock({
    catalogue,
    clock,
    log,
    system: () => ({ boot: `boot ${machine.boot}`, uptimeMs: machine.uptimeMs, isSynchronised: false }),
    storeNow: () => storeNow?.(now()),
    elapsedMs: now,
  });
  const deps = { ...harness.deps, trust: watch.trust };
  const service = memoryService(deps);
  await openMemoryAccount(service);
  const pass = (ms: number) => {
    clock.at += ms;
    machine.uptimeMs += ms;
  };
  const round = () => runRound({ harness, service, watch });
  await round();
  return {
    harness,
    service,
    watch,
    events,
    now,
    setWrong: (ms) => {
      clock.at += ms - machine.wrongMs;
      machine.wrongMs = ms;
    },
    pass,
    restart: (offMs) => {
      clock.at += offMs;
      machine.boot++;
      machine.uptimeMs = 0;
    },
    round,
    minutes: async (count) => {
      for (let minute = 0; minute < count; minute++) {
        pass(MINUTE_MS);
        await round();
      }
    },
  };
}

type Line = { readonly message: string };

async function runRound(world: Pick<ClockWorld, 'harness' | 'service' | 'watch'>): Promise<ClockVerdict> {
  const { harness, service, watch } = world;
  const { messages } = harness;
  const deps = { ...harness.deps, trust: watch.trust };
  const worker = createLedgerWorker(deps);
  const scrubs = { service, engine: deps };
  const verdict = await watch.observe();
  await tick(service, FOREVER);
  await worker.sweep(FOREVER);
  await sweepDrafts(service, FOREVER);
  await sweepInstances(service, FOREVER);
  await sweepLeases(service, FOREVER);
  await sweepOverdue(service, FOREVER);
  await sweepArrears(service, FOREVER);
  await sweepTrash(service, FOREVER);
  await sweepUnpaid(service, { graceMs: DAY_MS }, FOREVER);
  await sweepExpired(service, FOREVER);
  await createReclaimer(deps, { ...RECLAIM_TIMES, searchEveryMs: MINUTE_MS }).sweep(FOREVER);
  await sweepSamples(service, FOREVER);
  await sweepScrubs(scrubs, PACE, FOREVER);
  for (let sent = messages.splice(0); sent.length > 0; sent = messages.splice(0)) {
    for (const message of sent) {
      if (message.kind === 'entry') await worker.run(message.shard, message.id, FOREVER);
      if (message.kind === 'scrub') await runScrub(scrubs, message, FOREVER);
      if (message.kind === 'slot') await runSlot({ service, report: () => undefined }, message, FOREVER);
      if (message.kind === 'snapshot') await finishOverdue({ ...service, queue: { send: async () => {} } }, message);
    }
  }
  return verdict;
}
