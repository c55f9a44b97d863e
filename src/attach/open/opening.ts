import type { ExpectedContents } from '../../client/download/proved-pages.ts';
import type { Endpoint } from '../../client/service/graphql.ts';
import type { BlockKeys } from '../../engine/blocks/object-form.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Log } from '../../platform/log.ts';
import type { OnEvent } from '../events.ts';
import type { LastVersions } from '../journal/last-versions.ts';
import type { AttachLimits } from '../limits.ts';
import type { Services } from './services.ts';
import type { Durability } from './writer.ts';

export interface AttachOptions {
  readonly endpoint: Endpoint;
  /** Of an installation that does not use KMS; needed for encrypted disks. */
  readonly keyFile?: string | undefined;
  /** A disk (`d-…`), or a snapshot (`s-…`), which is always read-only. */
  readonly id: string;
  /**
   * The committed contents, as somebody else named them. Then no answer of the service can pass for
   * them.
   */
  readonly expected?: ExpectedContents | undefined;
  readonly readOnly: boolean;
  readonly durability: Durability;
  /** Under which name the disk is held, such as the host's; 1–128 printable characters. */
  readonly holder: string;
  /** Takes the disk although somebody else holds it. */
  readonly steal: boolean;
  /** Holds the journals. Private to this user, on a medium that survives a restart. */
  readonly stateFolder: string;
  /** Holds the last version of each disk that was attached here. */
  readonly versionsFolder: string;
  /** The block cache, shared by all processes that are given it. */
  readonly cacheFolder: string;
  readonly limits?: Partial<AttachLimits> | undefined;
  readonly onEvent: OnEvent;
  readonly log: Log;
  readonly clock?: Clock | undefined;
  /** Ends everything at once, as a kill would; `close` is the orderly way. */
  readonly signal: AbortSignal;
}

/** What both ways of opening need. */
export interface Opening extends AttachOptions {
  readonly limits: AttachLimits;
  /** As the caller wants it; else what there is room for. */
  readonly journalBytes: number | undefined;
  readonly clock: Clock;
  readonly services: Services;
  readonly versions: LastVersions;
  readonly keys: BlockKeys | undefined;
  /** Of the attachment: fires with the caller's, and when it ends. */
  readonly signal: AbortSignal;
}
