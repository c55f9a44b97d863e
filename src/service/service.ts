import type { Contents, VersionTree } from '../engine/contract.ts';
import type { Catalogue } from '../platform/catalogue/port.ts';
import type { Clock } from '../platform/clock.ts';
import type { FileStore } from '../platform/files/port.ts';
import type { Ids } from '../platform/ids.ts';
import type { KeyService } from '../platform/keys/port.ts';
import type { Meter } from '../platform/metrics/meter.ts';
import type { ObjectStore } from '../platform/objects/port.ts';
import type { EventSink } from '../platform/outgoing/sink.ts';
import type { Queue } from '../platform/queue/port.ts';
import type { ClockTrust } from '../platform/time/clock-trust.ts';
import type { Audit } from './act.ts';

/** Names of the installation's regions, the default first. */
export type Regions = readonly [string, ...string[]];

/** A bucket that these accounts may have files written to, from images of this region. */
export interface ExportBucket {
  readonly bucket: string;
  readonly region: string;
  readonly accounts: readonly string[];
  readonly files: FileStore;
}

/** A bucket that these accounts may have images imported from, into this region. */
export interface ImportBucket {
  readonly bucket: string;
  readonly region: string;
  readonly accounts: readonly string[];
  /**
   * All keys that begin so are open to all of them. Absent: to each account those with its own id,
   * below `imports/` and `exports/`.
   */
  readonly prefix?: string;
  readonly files: FileStore;
}

/** What use cases work with. Made once for each process, by its composition file. */
export interface Service {
  readonly catalogue: Catalogue;
  readonly clock: Clock;
  /** The janitor and the timer look at the clock. Elsewhere nothing is deleted because of time. */
  readonly trust: ClockTrust;
  readonly ids: Ids;
  /** Leaves a record of everything that is done for somebody, or by the service itself (8.6). */
  readonly audit: Audit;
  readonly random: (bytes: number) => Uint8Array;
  readonly keys: KeyService;
  /** The key of new encrypted disks for which none is named. */
  readonly defaultKeyId: string;
  readonly regions: Regions;
  /** The IANA time zone of a region, for policies that name none. */
  readonly timeZoneOf: (region: string) => string;
  readonly tree: VersionTree;
  readonly contents: Contents;
  /** The object store of a region of this installation. */
  readonly objects: (region: string) => ObjectStore;
  /** Where files of a region lie that are exported. */
  readonly files: (region: string) => FileStore;
  /** Further buckets, which the operator has opened for exports. */
  readonly exportBuckets: readonly ExportBucket[];
  /** The same for imports. */
  readonly importBuckets: readonly ImportBucket[];
  /** How long objects stay without references. */
  readonly reclaimGraceMs: number;
  /** How soon a holder is asked to renew its lease. */
  readonly leaseRenewAfterMs: number;
  /** Why nothing may be changed at present, in one sentence that says what to run. */
  readonly whyReadOnly?: () => string | undefined;
  /** Why nothing is sent to a URL, as far as its text tells; undefined if it may be. */
  readonly whyNotSent: (url: string) => string | undefined;
  /** Where the operator has the events of all accounts sent. */
  readonly eventSinks?: readonly EventSink[];
  /** Wakes workers for what was just begun. */
  readonly queue: Queue;
  /**
   * Does what is due once for a region, in the request that happens to be the first: it may read as
   * much as a request of its own. Undefined if that was not enough. Absent: nothing limits it.
   */
  readonly runOnce?: <T>(work: () => Promise<T>) => Promise<T | undefined>;
  /** Counts what is done. Absent: nobody does. */
  readonly meter?: Meter;
  /** How long a copy in trouble waits for its next try: at first, and at most. */
  readonly copyWaits?: { readonly firstMs: number; readonly longestMs: number };
}
