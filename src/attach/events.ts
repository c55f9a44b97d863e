/** What the user that attached a disk should hear of. */
export type AttachEvent =
  /** Writes that an earlier attachment on this machine left are being committed now. */
  | { readonly kind: 'REPLAYED'; readonly diskId: string; readonly bytes: number }
  /**
   * A journal does not fit the disk any more. It lies at `path`, where no attachment looks for it.
   */
  | { readonly kind: 'JOURNAL_SET_ASIDE'; readonly diskId: string; readonly path: string; readonly reason: string }
  /** Somebody else writes to the disk now, or it is gone: writes and flushes fail from now on. */
  | { readonly kind: 'LEASE_LOST'; readonly diskId: string; readonly reason: string }
  /**
   * The service answered a commit with other contents than were written. Writes and flushes fail
   * from now on.
   */
  | { readonly kind: 'NOT_PROVED'; readonly diskId: string; readonly reason: string };

export type OnEvent = (event: AttachEvent) => void;
