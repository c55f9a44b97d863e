/**
 * The queue: wakes workers. Messages may be lost, repeated or reordered; the ledger, not the queue,
 * remembers what is to be done, and the janitor sends again what was lost.
 */
export interface Queue {
  /**
   * Best effort: passing trouble is retried within a bound, and a failure is logged, not thrown.
   * With `delayMs` (up to {@link MAX_DELAY_MS}), none is delivered before that time is over.
   */
  send(messages: readonly WorkMessage[], options?: { readonly delayMs?: number }): Promise<void>;
}

export const MAX_DELAY_MS = 900_000; // SQS DelaySeconds

export type WorkMessage =
  | { readonly kind: 'entry'; readonly shard: number; readonly id: string }
  | { readonly kind: 'snapshot'; readonly accountId: string; readonly id: string }
  | { readonly kind: 'copy'; readonly accountId: string; readonly id: string }
  | { readonly kind: 'policyCopy'; readonly accountId: string; readonly snapshotId: string; readonly region: string }
  | { readonly kind: 'export'; readonly accountId: string; readonly id: string }
  | { readonly kind: 'import'; readonly accountId: string; readonly id: string }
  | { readonly kind: 'newBlocks'; readonly shard: number }
  | { readonly kind: 'scrub'; readonly accountId: string; readonly id: string }
  | { readonly kind: 'events'; readonly lane: number }
  | { readonly kind: 'sink'; readonly sink: 'EVENTBRIDGE' | 'MAIL'; readonly lane: number }
  | { readonly kind: 'webhook'; readonly accountId: string; readonly id: string }
  | { readonly kind: 'slot'; readonly accountId: string; readonly policyId: string; readonly slotAt: string };
