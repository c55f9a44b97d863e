import type { AccountRow, SnapshotServiceRow } from '../accounts/rows.ts';
import type { ChainRow } from '../chains/rows.ts';
import type { DiskRow, DomainRow } from '../disks/rows.ts';
import type { ImageRow } from '../images/rows.ts';
import type { PolicyRow } from '../policies/rows.ts';
import type { QuotaRow } from '../quotas/rows.ts';
import type { SnapshotRow } from '../snapshots/rows.ts';
import type { TrashRow } from '../trash/rows.ts';
import type { TagObjectivesRow } from '../watch/rows.ts';

/**
 * What a manifest says of a disk, snapshot or image besides its contents: rows as they are, with
 * all that is needed to read them.
 */
export interface AboutNode {
  readonly disk?: DiskRow;
  readonly snapshot?: SnapshotRow;
  readonly image?: ImageRow;
  /** In place of one of these, for what lies in the recycle bin. */
  readonly trash?: TrashRow;
  readonly chain?: ChainRow;
  /** With the wrapped data key of an encrypted one. */
  readonly domain?: DomainRow;
}

/**
 * Keys are not kept: a bucket is no place to decide who may come in, nor would it know whose key
 * was revoked.
 */
export interface AboutAccount {
  readonly account: AccountRow;
  readonly services: readonly SnapshotServiceRow[];
  readonly quotas: readonly QuotaRow[];
  /** Absent in manifests of versions that had no policies. */
  readonly policies?: readonly PolicyRow[];
  /** Absent in manifests of versions that did not watch. */
  readonly objectives?: readonly TagObjectivesRow[];
}
