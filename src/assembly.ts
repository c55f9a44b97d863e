import { randomBytes } from 'node:crypto';
import { judgeInTurns } from './engine/blocks/judge.ts';
import { createPageCache } from './engine/blocks/page-store.ts';
import { ENGINE_LIMITS, type EngineDeps } from './engine/deps.ts';
import { createLedgerWorker, type LedgerWorker } from './engine/ledger/ledger-worker.ts';
import { RECLAIM_TIMES } from './engine/reclaim/reclaim.ts';
import { createReclaimer, type Reclaimer } from './engine/reclaim/reclaimer.ts';
import { createContents } from './engine/tree/contents.ts';
import { createVersionTree } from './engine/tree/version-tree.ts';
import type { Catalogue } from './platform/catalogue/port.ts';
import type { Clock } from './platform/clock.ts';
import type { RegionConfig, ScrubPace, Upkeep } from './platform/config.ts';
import { createIds } from './platform/ids.ts';
import type { Log } from './platform/log.ts';
import type { EmfMeter } from './platform/metrics/emf.ts';
import type { Outgoing } from './platform/outgoing/port.ts';
import type { Queue } from './platform/queue/port.ts';
import type { Act } from './service/act.ts';
import type { RecordPlace } from './service/audit/recording-catalogue.ts';
import { createAuditTrail } from './service/audit/trail.ts';
import type { ClockWatch } from './service/clocks/watch.ts';
import { wakingCatalogue } from './service/events/waking.ts';
import { describeWith } from './service/manifests/describe.ts';
import { type RebuildDeps, type RebuildOptions, type RebuildReport, rebuild } from './service/manifests/rebuild.ts';
import { INSTALLATION } from './service/model/audit/rows.ts';
import { damageTeller } from './service/model/events/of-damage.ts';
import { RENEW_AFTER_MS } from './service/model/leases/rules.ts';
import type { NewBlocksPace } from './service/scrubs/new-blocks.ts';
import type { ScrubDeps } from './service/scrubs/run.ts';
import type { Service } from './service/service.ts';

/** What stands below the ports, of the cloud or of one machine. */
export interface Adapters extends Pick<Service, 'keys' | 'defaultKeyId' | 'copyWaits' | 'eventSinks' | 'meter'> {
  readonly catalogue: Catalogue;
  /** Throws for a region that there is not. */
  readonly objects: EngineDeps['objects'];
  /** Where exported files lie. */
  readonly files: Service['files'];
  /** Default: none. */
  readonly exportBuckets?: Service['exportBuckets'];
  readonly importBuckets?: Service['importBuckets'];
  readonly queue: Queue;
  /** To the receivers of events. */
  readonly outgoing: Outgoing;
  readonly clock: Clock;
  readonly clockWatch: ClockWatch;
  readonly log: Log;
  /** Why nothing may be changed at present. */
  readonly whyReadOnly?: () => string | undefined;
  /** Default: on the calling thread, in turns with everything else. */
  readonly judge?: EngineDeps['judge'];
  /** Where records of the audit are written. Default: before the change that they are about. */
  readonly recordPlace?: RecordPlace;
  /** On AWS: the meter, which a function flushes at the end of each call. */
  readonly emf?: EmfMeter;
  /** Whose the buckets are, if a rebuild has to see to that. */
  readonly owner?: RebuildDeps['owner'];
}

/** The first region is the default. */
export interface Settings extends Upkeep {
  readonly regions: readonly [Omit<RegionConfig, 'bucket'>, ...Omit<RegionConfig, 'bucket'>[]];
}

/**
 * The parts of one installation, put together above its adapters. No part does I/O before it is
 * used.
 */
export interface Composition {
  /** What the API's use cases work with. */
  readonly service: Service;
  readonly worker: LedgerWorker;
  readonly reclaimer: Reclaimer;
  /** For the operator who has lost the catalogue. */
  readonly rebuild: (options: RebuildOptions, until: number, copy?: RebuildDeps['copy']) => Promise<RebuildReport>;
  readonly scrubs: ScrubDeps;
  readonly scrubPace: ScrubPace;
  readonly newBlocksPace: NewBlocksPace;
  readonly expiredGraceMs: number;
  readonly outgoing: Outgoing;
  readonly queue: Queue;
  readonly clock: Clock;
  readonly clockWatch: ClockWatch;
  readonly log: Log;
  readonly emf?: EmfMeter;
}

const REBUILD: Act = {
  accountId: INSTALLATION,
  actorKind: 'OPERATOR',
  actor: 'operator',
  action: 'operator.rebuild',
  subjects: [],
};

/** Uploads without a commit are rare, and a listing of a million keys costs half a cent. */
const ORPHAN_SEARCH_EVERY_MS = 24 * 3600_000;

export function assemble(adapters: Adapters, settings: Settings): Composition {
  const { clock, clockWatch, queue, log } = adapters;
  const ids = createIds(clock);
  const { recordPlace: place = 'BEFORE' } = adapters;
  const waking = wakingCatalogue(adapters.catalogue, queue, clock);
  const audit = createAuditTrail({ catalogue: waking, clock, ids, log, place });
  const { catalogue } = audit;
  const engine: EngineDeps = {
    catalogue,
    objects: adapters.objects,
    queue,
    clock,
    trust: clockWatch.trust,
    ids,
    random: Math.random,
    pageCache: createPageCache(),
    judge: adapters.judge ?? judgeInTurns(),
    limits: ENGINE_LIMITS,
    tellDamage: damageTeller({ clock, ids }),
  };
  const [first, ...others] = settings.regions.map(({ id }) => id);
  const service: Service = {
    catalogue,
    clock,
    trust: engine.trust,
    ids: engine.ids,
    audit,
    random: randomBytes,
    keys: adapters.keys,
    defaultKeyId: adapters.defaultKeyId,
    regions: [first as string, ...others],
    timeZoneOf: (region) => settings.regions.find(({ id }) => id === region)?.timeZone ?? 'UTC',
    tree: createVersionTree(engine),
    contents: createContents(engine),
    objects: engine.objects,
    files: adapters.files,
    exportBuckets: adapters.exportBuckets ?? [],
    importBuckets: adapters.importBuckets ?? [],
    reclaimGraceMs: settings.reclaimGraceMs,
    leaseRenewAfterMs: RENEW_AFTER_MS,
    queue,
    whyNotSent: adapters.outgoing.whyRefused,
    ...(adapters.eventSinks && { eventSinks: adapters.eventSinks }),
    ...(adapters.meter && { meter: adapters.meter }),
    ...(adapters.copyWaits && { copyWaits: adapters.copyWaits }),
    ...(adapters.whyReadOnly && { whyReadOnly: adapters.whyReadOnly }),
  };
  const reclaimer = createReclaimer(engine, {
    ...RECLAIM_TIMES,
    graceMs: settings.reclaimGraceMs,
    searchEveryMs: ORPHAN_SEARCH_EVERY_MS,
  });
  const regions = service.regions;
  return {
    service,
    worker: createLedgerWorker(engine, describeWith({ catalogue, regions })),
    rebuild: (wanted, until, copy) => {
      const { owner } = adapters;
      const deps = { engine, regions, random: randomBytes, ...(copy && { copy }), ...(owner && { owner }) };
      return audit.run(REBUILD, () => rebuild(deps, wanted, until));
    },
    reclaimer,
    scrubs: { service, engine },
    scrubPace: settings.scrubPace,
    newBlocksPace: { bytesPerDay: settings.readBackBytesPerDay },
    expiredGraceMs: settings.expiredGraceMs,
    outgoing: adapters.outgoing,
    queue,
    clock,
    clockWatch,
    log,
    ...(adapters.emf && { emf: adapters.emf }),
  };
}
