/**
 * The queue: wakes workers. Messages may be lost, repeated or reordered; the ledger, not the queue, remembers what is to be
 * done, and the janitor sends again what was lost.
 */
export interface Queue {
  /** Best effort: a failure is logged, not thrown. */
  send(messages: readonly WorkMessage[]): Promise<void>;
}

export type WorkMessage =
  | { readonly kind: 'entry'; readonly shard: number; readonly id: string }
  | { readonly kind: 'scrub'; readonly accountId: string; readonly id: string }
  | { readonly kind: 'slot'; readonly accountId: string; readonly policyId: string; readonly slotAt: string };
